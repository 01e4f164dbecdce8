/* The service worker: the page's own files and Get help now work without a network. Nothing from /api is ever kept by it,
   except the lines to call; a person's words are kept only where the page was told to (device.ts). */

import { help_cache, kept_help, read_json, refresh_help, type Kept_help } from "../help/places";
import { render_help } from "../help/render";
import type { SafetyPlan } from "../api/generated";

declare const self: ServiceWorkerGlobalScope & typeof globalThis;
interface ServiceWorkerGlobalScope extends EventTarget {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetched extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const shell_files = JSON.parse("__SHELL__") as string[];
const shell_cache = "rail-shell-__VERSION__";
const kept_cache = "rail-kept";

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(shell_cache);
    await cache.addAll(shell_files.map((path) => new Request(path, { cache: "reload" })));
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

/** Get help now, ready to read: kept lines at once, new ones in the background. */
async function help_page(url: URL, event: Fetched): Promise<Response> {
  const asked = url.searchParams.get("country");
  const cache = await caches.open(shell_cache);
  const template = (await cache.match("/help.html")) ?? (await fetch("/help.html"));
  let known = await read_json<Kept_help>(help_cache, kept_help);
  const country = asked ?? known?.help?.country ?? null;
  if (!known || !known.help?.country || (asked && asked !== known.help.country)) known = (await refresh_help(country, 2500)) ?? known;
  else event.waitUntil(refresh_help(country));

  let html = await template.text();
  if (known) {
    const plan = await read_json<SafetyPlan>(kept_cache, "/kept/plan.json");
    const offline = !navigator.onLine;
    const inside = render_help({ help: known.help, countries: known.countries, plan, offline });
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
  if (url.pathname === "/help.html" && request.mode === "navigate") fetched.respondWith(help_page(url, fetched));
  else fetched.respondWith(file(request, url));
});
