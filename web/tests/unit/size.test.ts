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

test.skipIf(!built)("all script of the person's pages together stays under 200 kB compressed", () => {
  const chunks = JSON.parse(readFileSync(resolve(dist, "assets.json"), "utf8")) as Record<string, Chunk>;
  const files = new Set<string>();
  const walk = (name: string) => {
    const chunk = chunks[name];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) walk(next);
  };
  walk("index.html");
  walk("help.html");
  const script = [...files].filter((file) => file.endsWith(".js"));
  const bytes = [...script, "sw.js"].reduce((sum, file) => sum + gzipSync(readFileSync(resolve(dist, file)), { level: 9 }).length, 0);
  console.log(`person's pages: ${script.length} scripts and the service worker, ${(bytes / 1000).toFixed(1)} kB compressed`);
  expect(bytes).toBeLessThan(200_000);
});

test.skipIf(!built)("no page has inline script or style, and nothing comes from elsewhere", () => {
  for (const page of ["index.html", "help.html", "staff.html"]) {
    if (!existsSync(resolve(dist, page))) continue;
    const html = readFileSync(resolve(dist, page), "utf8");
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    for (const found of html.matchAll(/<(?:script|link|img)[^>]*(?:src|href)="([^"]+)"/g)) expect(found[1]).toMatch(/^\/(?!\/)/);
  }
});

test("the size of the person's pages was measured, or there is no build", (context) => {
  if (!built) context.skip("web/dist is not built: npm run build");
});
