/* Last step of the build: tells the service worker which files to keep, lays a compressed copy beside every text file, and fails
   when the script of the person's pages has outgrown an old phone. */

import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { constants, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";

const dist = resolve(new URL("..", import.meta.url).pathname, process.env.HANDRAIL_DIST ?? "dist");
const manifest = JSON.parse(readFileSync(join(dist, "assets.json"), "utf8"));

/** Every file that `entry` may load, dynamic imports too. */
function files_of(entry, seen = new Set()) {
  const chunk = manifest[entry];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const file of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) seen.add(file);
  for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) files_of(next, seen);
  return seen;
}

const shell = new Set(["/", "/help.html", "/manifest.webmanifest", "/icon.svg"]);
for (const entry of ["index.html", "help.html"]) for (const file of files_of(entry)) shell.add(`/${file}`);
const kept = [...shell].sort();

const version = createHash("sha256");
for (const path of kept) version.update(readFileSync(join(dist, path === "/" ? "index.html" : path)));
const worker = join(dist, "sw.js");
const source = readFileSync(worker, "utf8");
const filled = source.replace(/(["'`])__SHELL__\1/, () => JSON.stringify(JSON.stringify(kept))).replace("__VERSION__", version.digest("hex").slice(0, 12));
if (filled === source || filled.includes("__SHELL__")) throw new Error("sw.js has no place for the list of files");
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

// Every script that a person's pages can load, and the service worker, as it goes over the wire.
const most = 200_000;
const scripts = ["sw.js", ...[...new Set(["index.html", "help.html"].flatMap((entry) => [...files_of(entry)]))].filter((file) => file.endsWith(".js"))];
const bytes = scripts.reduce((sum, file) => sum + statSync(join(dist, `${file}.gz`)).size, 0);
console.log(`person's pages: ${scripts.length} scripts, ${(bytes / 1000).toFixed(1)} kB compressed, of at most ${most / 1000} kB`);
if (bytes >= most) throw new Error(`The person's pages have ${bytes} bytes of compressed script; at most ${most} are allowed.`);
