/* Last step of the build: tells the service worker which files to keep, lays a compressed copy beside every text file, and fails
   when the script of the person's pages has outgrown an old phone. */

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { constants, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";

const dist = resolve(new URL("..", import.meta.url).pathname, process.env.HANDRAIL_DIST ?? "dist");
const manifest = JSON.parse(readFileSync(join(dist, "assets.json"), "utf8"));

const is_language = (entry) => /^src\/messages\/[a-z]{2}\.ts$/.test(entry);

/** Every file that `entry` may load, dynamic imports too; of the languages none, for a phone reads one of them. */
function files_of(entry, seen = new Set(), of_languages = false) {
  const chunk = manifest[entry];
  if (!chunk || seen.has(chunk.file) || (is_language(entry) && !of_languages)) return seen;
  seen.add(chunk.file);
  for (const file of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) seen.add(file);
  for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) files_of(next, seen);
  return seen;
}

// Get help now in each language: the English page with its texts exchanged one for one.
const texts_of = (language) => JSON.parse(readFileSync(new URL(`../src/messages/${language}.help.json`, import.meta.url), "utf8"));
const languages = Object.keys(manifest).filter(is_language).map((entry) => /([a-z]{2})\.ts$/.exec(entry)[1]).sort();
const english = texts_of("en");
const on_page = ["emergency", "emergency_unknown", "world", ...Object.keys(english).filter((id) => id.startsWith("page_"))].sort((a, b) => english[b].length - english[a].length);
for (const language of existsSync(join(dist, "help.html")) ? languages : []) {
  const other = texts_of(language);
  let page = readFileSync(join(dist, "help.html"), "utf8").replace('<html lang="en">', `<html lang="${language}">`);
  for (const id of on_page) {
    const here = new RegExp(`(?<=[>"]\\s*)${english[id].replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=:?\\s*[<"])`, "g");
    if (!here.test(page)) throw new Error(`help.html lacks the text of ${id}: ${english[id]}`);
    page = page.replace(here, () => other[id]);
  }
  // What the script and the service worker fill in later is worded by the page itself.
  const carried = JSON.stringify(Object.fromEntries(Object.entries(other).filter(([id]) => !id.startsWith("page_"))));
  page = page.replace('id="help"', () => `id="help" data-texts="${carried.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}"`);
  writeFileSync(join(dist, `help.${language}.html`), page);
}

const shell = new Set(["/", "/help.html", ...languages.map((language) => `/help.${language}.html`), "/manifest.webmanifest", "/icon.svg"]);
for (const entry of ["index.html", "help.html"]) for (const file of files_of(entry)) shell.add(`/${file}`);
const kept = [...shell].sort();
const by_language = Object.fromEntries(languages.map((language) => [language, [...files_of(`src/messages/${language}.ts`, new Set(), true)].map((file) => `/${file}`).filter((file) => !shell.has(file))]));

const version = createHash("sha256");
for (const path of kept) version.update(readFileSync(join(dist, path === "/" ? "index.html" : path)));
const worker = join(dist, "sw.js");
const source = readFileSync(worker, "utf8");
const filled = source.replace(/(["'`])__SHELL__\1/, () => JSON.stringify(JSON.stringify(kept))).replace(/(["'`])__LANGUAGES__\1/, () => JSON.stringify(JSON.stringify(by_language))).replace("__VERSION__", version.digest("hex").slice(0, 12));
if (filled === source || /__SHELL__|__LANGUAGES__/.test(filled)) throw new Error("sw.js has no place for the list of files");
writeFileSync(worker, filled);

const text = /\.(html|js|css|svg|json|webmanifest|txt)$/;
function compress(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) compress(path);
    else if (text.test(name)) writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }));
  }
}
compress(dist);

// Every script that a person's pages can load, with the largest of the languages, and the service worker, as they go over the wire.
const most = 200_000;
const scripts = ["sw.js", ...[...new Set(["index.html", "help.html"].flatMap((entry) => [...files_of(entry)]))].filter((file) => file.endsWith(".js"))];
const sizes = (files) => files.reduce((sum, file) => sum + statSync(join(dist, `${file}.gz`)).size, 0);
const largest = Math.max(0, ...Object.values(by_language).map(sizes));
const bytes = sizes(scripts) + largest;
console.log(`person's pages: ${scripts.length} scripts, ${(bytes / 1000).toFixed(1)} kB compressed with one language of ${(largest / 1000).toFixed(1)} kB, of at most ${most / 1000} kB`);
// Pages of their own, opened seldom: each stays small beside the others.
const most_once = 20_000;
for (const [what, page] of [["first questions", "first.html"], ["what a supporter may see", "share.html"], ["what a supporter sees", "s.html"]]) {
  const once = [...files_of(page)].filter((file) => file.endsWith(".js"));
  if (once.length === 0) continue;
  console.log(`${what}: ${once.length} scripts, ${(sizes(once) / 1000).toFixed(1)} kB compressed with every language, of at most ${most_once / 1000} kB`);
  if (sizes(once) >= most_once) throw new Error(`The page ${page} has ${sizes(once)} bytes of compressed script; at most ${most_once} are allowed.`);
}
if (bytes >= most) throw new Error(`The person's pages have ${bytes} bytes of compressed script; at most ${most} are allowed.`);
