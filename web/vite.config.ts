/// <reference types="vitest/config" />
import { resolve } from "node:path";
import { defineConfig } from "vite";

// Two pages, the help page, which stands alone (plain HTML that the script only fills in), and the one that a letter's link opens.
// The service worker is built on its own (vite.worker.config.ts) because old phones know no module workers.
// HANDRAIL_PAGES=person,help builds only those, HANDRAIL_DIST elsewhere than dist: for working on one page while another is open.
const all_pages = { person: "index.html", staff: "staff.html", help: "help.html", asked: "c.html" };
const wanted = process.env.HANDRAIL_PAGES?.split(",") ?? Object.keys(all_pages);
const pages = Object.fromEntries(Object.entries(all_pages).filter(([name]) => wanted.includes(name)).map(([name, file]) => [name, resolve(import.meta.dirname, file)]));

export default defineConfig({
  base: "/",
  // Our messages need a small part of the library's grammar: message_parser.ts says why.
  resolve: { alias: [{ find: /^@formatjs\/icu-messageformat-parser$/, replacement: resolve(import.meta.dirname, "src/base/message_parser.ts") }] },
  build: {
    outDir: process.env.HANDRAIL_DIST ?? "dist",
    emptyOutDir: true,
    manifest: "assets.json",
    assetsInlineLimit: 0, // the content security policy knows no data: scripts or fonts
    cssCodeSplit: true,
    target: ["es2022", "chrome109", "safari16.4", "firefox115"],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: pages,
      // Libraries mark themselves for server rendering, which there is none of here.
      onwarn: (warning, warn) => {
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
  test: { include: ["tests/unit/**/*.test.ts", "tests/unit/**/*.test.tsx"], environment: "node" },
});
