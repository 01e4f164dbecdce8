import { resolve } from "node:path";
import { defineConfig, mergeConfig } from "vite";
import people from "./vite.config";

// The pages of staff, into the folder that the person's pages lie in already: vite.config.ts says why apart.
const own = mergeConfig(people, { publicDir: false, build: { emptyOutDir: false, manifest: "assets.staff.json" } });
own.build.rolldownOptions.input = { staff: resolve(import.meta.dirname, "staff.html") };

export default defineConfig(own);
