/* Where Get help now finds what was kept; shared by the page's script and the service worker. */

import type { Country, Help } from "../api/generated";

export const help_cache = "rail-help";
export const kept_help = "/kept/help.json";

/** Nothing here is about a person: the lines of a country, and what the service says to anyone. */
export interface Kept_help {
  help: Help | null;
  countries: Country[];
  demo: boolean;
  leave_url: string;
  /** Absent in what an earlier version kept. */
  languages?: string[];
}

export async function read_json<T>(cache: string, path: string): Promise<T | null> {
  try {
    const found = await (await caches.open(cache)).match(path);
    return found ? ((await found.json()) as T) : null;
  } catch {
    return null;
  }
}

async function ask<T>(path: string, within: number): Promise<T | null> {
  try {
    const answer = await fetch(path, { headers: { accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(within) });
    return answer.ok ? ((await answer.json()) as T) : null;
  } catch {
    return null;
  }
}

/** Asks the server for the lines of `country` and keeps them; null when there was no answer. */
export async function refresh_help(country: string | null, within = 8000): Promise<Kept_help | null> {
  const [help, service] = await Promise.all([
    ask<Help>(`/api/v1/help${country ? `?country=${encodeURIComponent(country)}` : ""}`, within),
    ask<{ countries: Country[]; demo: boolean; leave_url: string; languages: string[] }>("/api/v1/service", within),
  ]);
  const before = await read_json<Kept_help>(help_cache, kept_help);
  if (!help) return null;
  const kept: Kept_help = {
    help,
    countries: service?.countries ?? before?.countries ?? [],
    demo: service?.demo ?? before?.demo ?? false,
    leave_url: service?.leave_url ?? before?.leave_url ?? "about:blank",
    languages: service?.languages ?? before?.languages ?? ["en"],
  };
  try {
    const cache = await caches.open(help_cache);
    await cache.put(kept_help, new Response(JSON.stringify(kept), { headers: { "content-type": "application/json" } }));
  } catch {
    // Private windows may refuse; the page is still filled this time.
  }
  return kept;
}
