/* The little that stays on this device: settings that say nothing about a person's health, and copies the person asked for.
   Copies stand in the Cache, where the service worker can read them for Get help now without a network. */

function read(place: string): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

function write(place: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(place);
    else localStorage.setItem(place, value);
  } catch {
    // Private windows may refuse; then the choice lasts as long as the page.
  }
}

export const setting = { read, write };

/** The country that the person chose, as a query: whose lines are shown. */
export const lines_of = (): { country?: string } => ({ country: read("rail.country") ?? undefined });

const kept_cache = "rail-kept";
export const kept_plan = "/kept/plan.json";

export async function keep<T>(path: string, content: T): Promise<void> {
  if (!("caches" in globalThis)) return;
  const cache = await caches.open(kept_cache);
  if (path === kept_plan) write("rail.keeps-plan", "yes");
  await cache.put(path, new Response(JSON.stringify(content), { headers: { "content-type": "application/json" } }));
}

export async function kept<T>(path: string): Promise<T | null> {
  if (!("caches" in globalThis)) return null;
  try {
    const found = await (await caches.open(kept_cache)).match(path);
    return found ? ((await found.json()) as T) : null;
  } catch {
    return null;
  }
}

export async function forget(path: string): Promise<void> {
  if (path === kept_plan) write("rail.keeps-plan", null);
  if ("caches" in globalThis) await (await caches.open(kept_cache)).delete(path).catch(() => false);
}

/** Everything about a person goes from this device: on signing out, on deleting, and when asked. */
export async function forget_all(): Promise<void> {
  if ("caches" in globalThis) await caches.delete(kept_cache).catch(() => false);
  for (const place of ["rail.waiting", "rail.waiting-first", "rail.may-keep", "rail.keeps-plan", "rail.country", "rail.pin", "rail.locked"]) write(place, null);
  try {
    sessionStorage.clear();
  } catch {
    // Nothing was kept then.
  }
}
