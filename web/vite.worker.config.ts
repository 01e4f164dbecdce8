import { resolve } from "node:path";
import { defineConfig } from "vite";

// One classic script at /sw.js; tools/finish_build.mjs writes the list of files to keep into it.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: process.env.HANDRAIL_DIST ?? "dist",
    emptyOutDir: false,
    target: ["es2022", "chrome109", "safari16.4", "firefox115"],
    lib: { entry: resolve(import.meta.dirname, "src/worker/sw.ts"), formats: ["iife"], name: "worker", fileName: () => "sw.js" },
  },
});
