import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const dist = resolve(import.meta.dirname, "../..", process.env.HANDRAIL_DIST ?? "dist");
const built = existsSync(resolve(dist, "assets.json"));

interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
}

/** A language other than English: a phone loads one of them, when it is chosen. */
const is_language = (name: string) => /^src\/messages\/[a-z]{2}\.ts$/.test(name);
const compressed = (file: string) => gzipSync(readFileSync(resolve(dist, file)), { level: 9 }).length;

test.skipIf(!built)("no language but English is loaded before it is chosen", () => {
  const chunks = JSON.parse(readFileSync(resolve(dist, "assets.json"), "utf8")) as Record<string, Chunk>;
  const first = new Set<string>();
  const walk = (name: string) => {
    const chunk = chunks[name];
    if (!chunk || first.has(name)) return;
    first.add(name);
    chunk.imports?.forEach(walk);
  };
  walk("index.html");
  expect([...first].filter(is_language)).toEqual([]);
  const script = [...first].map((name) => chunks[name]?.file ?? "");
  const words = script.map((file) => readFileSync(resolve(dist, file), "utf8")).join("");
  expect(words).toContain("You will talk to an AI");
  expect(words).not.toContain("Vas a hablar con una IA");
});

test.skipIf(!built)("all script of the person's pages together with one language stays under 200 kB compressed", () => {
  const chunks = JSON.parse(readFileSync(resolve(dist, "assets.json"), "utf8")) as Record<string, Chunk>;
  const files = new Set<string>();
  const walk = (name: string) => {
    const chunk = chunks[name];
    if (!chunk || files.has(chunk.file) || is_language(name)) return;
    files.add(chunk.file);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) walk(next);
  };
  walk("index.html");
  walk("help.html");
  const script = [...files].filter((file) => file.endsWith(".js"));
  const languages = Object.entries(chunks).filter(([name]) => is_language(name)).map(([, { file }]) => compressed(file));
  expect(languages.length).toBeGreaterThan(0);
  const bytes = [...script, "sw.js"].reduce((sum, file) => sum + compressed(file), 0) + Math.max(...languages);
  console.log(`person's pages: ${script.length} scripts and the service worker, ${(bytes / 1000).toFixed(1)} kB compressed`);
  expect(bytes).toBeLessThan(200_000);
});

test.skipIf(!built)("no page has inline script or style, and nothing comes from elsewhere", () => {
  for (const page of ["index.html", "help.html", "help.es.html", "staff.html"]) {
    if (!existsSync(resolve(dist, page))) continue;
    const html = readFileSync(resolve(dist, page), "utf8");
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    for (const found of html.matchAll(/<(?:script|link|img)[^>]*(?:src|href)="([^"]+)"/g)) expect(found[1]).toMatch(/^\/(?!\/)/);
  }
});

test("the size of the person's pages was measured, or there is no build", (context) => {
  if (!built) context.skip("web/dist is not built: npm run build");
});
