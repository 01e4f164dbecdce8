import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("../../src/base/tokens.css", import.meta.url), "utf8");

function declarations(block: string): Map<string, string> {
  return new Map([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((found) => [found[1] ?? "", (found[2] ?? "").trim()]));
}

function block_after(opening: string): Map<string, string> {
  const start = css.indexOf(opening);
  if (start < 0) throw new Error(`no ${opening}`);
  return declarations(css.slice(start, css.indexOf("}", start)));
}

test("dark chosen on the page and dark of the device are the same", () => {
  const device = block_after(':root:not([data-theme="light"]) {');
  const chosen = block_after(':root[data-theme="dark"] {');
  expect(device.size).toBeGreaterThan(20);
  expect([...chosen]).toEqual([...device]);
});

test("every colour of the light page has a dark one", () => {
  const light = block_after(":root {");
  const dark = block_after(':root[data-theme="dark"] {');
  const colours = [...light].filter(([, value]) => value.startsWith("#")).map(([name]) => name);
  expect(colours.filter((name) => !dark.has(name))).toEqual([]);
});

function luminance(hex: string): number {
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

test.each([
  ["ink", "ground", 4.5], ["ink-2", "ground", 4.5], ["ink-3", "ground", 4.5], ["ink-3", "sunken", 4.5], ["dusk", "surface", 4.5], ["on-dusk", "dusk", 4.5],
  ["on-lamp", "lamp", 4.5], ["lamp-deep", "lamp-tint", 4.5], ["ink-2", "lamp-tint", 4.5], ["lamp-line", "ground", 3], ["brick", "ground", 4.5], ["line-strong", "surface", 3], ["focus", "ground", 3],
])("%s on %s keeps its contrast of %s, light and dark", (front, back, least) => {
  for (const block of [block_after(":root {"), block_after(':root[data-theme="dark"] {')])
    expect(contrast(block.get(`--${front}`) ?? "", block.get(`--${back}`) ?? "")).toBeGreaterThanOrEqual(least);
});
