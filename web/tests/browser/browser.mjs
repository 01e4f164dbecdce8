/* What the browser tests share: Debian's Chromium, axe, pictures, and a plain list of checks. Never downloads a browser. */

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe_source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const base = process.env.HANDRAIL_URL ?? "http://127.0.0.1:8090";
export const pictures = process.env.HANDRAIL_PICTURES ?? new URL("../../test-results/", import.meta.url).pathname;
mkdirSync(pictures, { recursive: true });

export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 }, narrow: { width: 320, height: 640 } };

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

let passed = 0;
let requests = 0; // of all pages, not counting where a link led
const foreign = [];
const failures = [];

export function check(what, holds, detail = "") {
  if (holds) passed += 1;
  else {
    failures.push(`${what}${detail ? `: ${detail}` : ""}`);
    console.log(`  not ok  ${what}${detail ? `: ${detail}` : ""}`);
  }
}

/** Prints the summary and sets the exit status. */
export function finish(name) {
  check("I2: no page asks anything of a foreign host", requests > 0 && foreign.length === 0, foreign.join(" "));
  console.log(`${name}: ${passed} checks passed, ${failures.length} failed`);
  for (const failure of failures) console.log(`  FAILED ${failure}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

/** Opens a page that reports errors of its own, refused by the policy, or asked of a foreign host. */
export async function open_page(browser, options = {}) {
  const context = await browser.newContext({ viewport: sizes.phone, deviceScaleFactor: 2, colorScheme: "light", locale: "en-IE", reducedMotion: "reduce", bypassCSP: false, ...options });
  const page = await context.newPage();
  const home = new URL(base).host;
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource|net::ERR/.test(message.text())) check("no error in the console", false, message.text());
  });
  page.on("pageerror", (error) => check("no error in the page", false, error.message));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!url.protocol.startsWith("http")) return;
    requests += 1;
    if (url.host !== home && !request.isNavigationRequest()) foreign.push(request.url());
  });
  return { context, page };
}

/** axe with the rules of WCAG 2.2 A and AA. It runs in an isolated world, so the page's policy stays as it is. What it finds
    it has to find twice: a page that was just being drawn is complete a moment later, and a fault is still there. */
export async function axe(page, name) {
  // As tall as the page, so that bars that stay in place hide nothing from the measure.
  const size = page.viewportSize();
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, tall + 200) });
  await page.evaluate(axe_source);
  const measure = () => page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  let result = await measure();
  if (result.violations.length > 0) {
    console.log(`  measured again: ${name} (${result.violations.map((one) => one.id).join(", ")})`);
    await picture(page, `measured-again-${name.replaceAll(/[^a-z0-9]+/gi, "-")}`);
    await new Promise((later) => setTimeout(later, 500));
    result = await measure();
  }
  const found = result.violations.map((one) => `${one.id} (${one.impact}) ${one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`).join(" | ")}`);
  await page.setViewportSize(size);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  check(`axe ${name}`, found.length === 0, found.join("\n      "));
}

export async function fits(page, name) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(`${name} does not scroll sideways`, over <= 0, `${over} px too wide`);
}

export async function picture(page, name, options = {}) {
  await page.screenshot({ path: `${pictures}${name}.png`, ...options });
}
