import { launch, finish } from "./browser.mjs";
import { in_other_languages } from "./languages.mjs";
const browser = await launch();
try { await in_other_languages(browser); } catch (e) { console.log("BROKEN", e.message.split("\n").slice(0,6).join(" ")); }
await browser.close(); finish("languages");
