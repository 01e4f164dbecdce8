/// <reference types="vitest/config" />
import { resolve } from "node:path";
import { defineConfig } from "vite";

// A person's pages, the help page, which stands alone (plain HTML that the script only fills in), and those that a link opens or that are
// opened seldom.
// The pages of staff are built after them, on their own (vite.staff.config.ts): what both use would lie in shared files, and an old phone
// would load what only staff need of it. So is the service worker (vite.worker.config.ts), because old phones know no module workers.
// HANDRAIL_DIST builds elsewhere than dist: for working on one page while another is open.
const pages = Object.fromEntries(Object.entries({ person: "index.html", help: "help.html", asked: "c.html", first: "first.html", shared: "s.html", share: "share.html" }).map(([name, file]) => [name, resolve(import.meta.dirname, file)]));

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
