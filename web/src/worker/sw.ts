/* The service worker: the page's own files and Get help now work without a network. Nothing from /api is ever kept by it,
   except the lines to call; a person's words are kept only where the page was told to (device.ts). */

import { help_cache, kept_help, read_json, refresh_help, type Kept_help } from "../help/places";
import { render_help } from "../help/render";
import { texts_of_page } from "../help/words";
import { language_of, languages } from "../messages/languages";
import type { SafetyPlan } from "../api/generated";

declare const self: ServiceWorkerGlobalScope & typeof globalThis;
interface ServiceWorkerGlobalScope extends EventTarget {
  skipWaiting(): Promise<void>;
  clients: {
    claim(): Promise<void>;
    matchAll(of: { type: "window" }): Promise<readonly { url: string; focus(): Promise<unknown> }[]>;
    openWindow(url: string): Promise<unknown>;
  };
  registration: ServiceWorkerRegistration;
}
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Pushed extends Extendable {
  data: { json(): { say: string; open: string; tag: string } };
}
interface Clicked extends Extendable {
  notification: Notification;
}
interface Fetched extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const shell_files = JSON.parse("__SHELL__") as string[];
/** By language, the files that only its readers need. */
const language_files = JSON.parse("__LANGUAGES__") as Record<string, string[]>;
const kept_language = "/kept/language.json";
const shell_cache = "rail-shell-__VERSION__";
const kept_cache = "rail-kept";

async function keep_language(cache: Cache, language: string): Promise<void> {
  const missing: string[] = [];
  for (const path of language_files[language] ?? []) if (!(await cache.match(path))) missing.push(path);
  await cache.addAll(missing);
}

// The page says which language it is read in: that one opens without a network too, also after the next version.
self.addEventListener("message", (event) => {
  const language = (event as MessageEvent<{ language?: string }>).data?.language;
  if (!language_of(language)) return;
  const keep = async () => {
    await (await caches.open(help_cache)).put(kept_language, new Response(JSON.stringify(language)));
    await keep_language(await caches.open(shell_cache), language ?? "en");
  };
  (event as unknown as Extendable).waitUntil(keep().catch(() => undefined));
});

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(shell_cache);
    await cache.addAll(shell_files.map((path) => new Request(path, { cache: "reload" })));
    await keep_language(cache, (await read_json<string>(help_cache, kept_language)) ?? "en").catch(() => undefined);
    await refresh_help(null).catch(() => null);
    await self.skipWaiting();
  };
  (event as Extendable).waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name.startsWith("rail-shell-") && name !== shell_cache) await caches.delete(name);
    await self.clients.claim();
  };
  (event as Extendable).waitUntil(tidy());
});

/** The texts that the page brings, read from its HTML: a worker has no document. */
function texts_in(html: string): ReturnType<typeof texts_of_page> {
  const given = /data-texts="([^"]*)"/.exec(html)?.[1];
  return texts_of_page(given?.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));
}

/** Get help now, ready to read: kept lines at once, new ones in the background. */
async function help_page(url: URL, event: Fetched): Promise<Response> {
  const asked = url.searchParams.get("country");
  const language = language_of(/^\/help\.([a-z]{2})\.html$/.exec(url.pathname)?.[1]) ?? "en";
  const cache = await caches.open(shell_cache);
  const template = (await cache.match(url.pathname)) ?? (await fetch(url.pathname));
  let known = await read_json<Kept_help>(help_cache, kept_help);
  const country = asked ?? known?.help?.country ?? null;
  if (!known || !known.help?.country || (asked && asked !== known.help.country)) known = (await refresh_help(country, 2500)) ?? known;
  else event.waitUntil(refresh_help(country));

  let html = await template.text();
  if (known) {
    const plan = await read_json<SafetyPlan>(kept_cache, "/kept/plan.json");
    const offline = !navigator.onLine;
    const inside = render_help({ help: known.help, countries: known.countries, plan, offline, language, texts: texts_in(html), languages: languages.filter((one) => one === "en" || known?.languages?.includes(one)) });
    html = html.replace(/<!--help-->[\s\S]*<!--\/help-->/, () => inside).replace('id="help"', 'id="help" data-filled=""');
    if (known.demo) html = html.replace('id="demo" hidden', 'id="demo"');
    if (offline) html = html.replace('id="offline" hidden', 'id="offline"');
    if (/^https:\/\/[^"<>]+$/.test(known.leave_url)) html = html.replaceAll('href="about:blank"', () => `href="${known.leave_url.replaceAll("&", "&amp;")}"`);
  }
  const headers = new Headers(template.headers);
  headers.delete("content-length");
  headers.delete("content-encoding");
  return new Response(html, { status: 200, headers });
}

/** A kept file if there is one; a page's address that is not kept gets the shell when the network is gone. */
async function file(request: Request, url: URL): Promise<Response> {
  const cache = await caches.open(shell_cache);
  if (url.pathname.startsWith("/assets/")) return (await cache.match(url.pathname)) ?? fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await cache.match(url.pathname);
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const fetched = event as Fetched;
  const { request } = fetched;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/api/") || url.pathname.startsWith("/staff") || url.pathname === "/sw.js") return;
  if (/^\/help(\.[a-z]{2})?\.html$/.test(url.pathname) && request.mode === "navigate") fetched.respondWith(help_page(url, fetched));
  else fetched.respondWith(file(request, url));
});

// The same words for everything that waits. What is newer takes the place of what is older, and rings again.
self.addEventListener("push", (event) => {
  const pushed = event as Pushed;
  const { say, open, tag } = pushed.data.json();
  const how = { tag, renotify: true, data: open, icon: "/icon.svg", requireInteraction: open.startsWith("/staff") };
  pushed.waitUntil(self.registration.showNotification(say, how));
});

// A page that is open elsewhere stays as it is: somebody may be writing there.
self.addEventListener("notificationclick", (event) => {
  const clicked = event as Clicked;
  const { notification } = clicked;
  const url = new URL(notification.data as string, self.location.origin).href;
  notification.close();
  const show = async () => {
    const there = (await self.clients.matchAll({ type: "window" })).find((page) => page.url === url);
    await (there ? there.focus() : self.clients.openWindow(url));
  };
  clicked.waitUntil(show());
});
