import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createIntl } from "react-intl";
import { expect, test } from "vitest";
import base from "../../src/messages/en.base.json";
import asked from "../../src/messages/en.asked.json";
import first from "../../src/messages/en.first.json";
import shared from "../../src/messages/en.shared.json";
import help from "../../src/messages/en.help.json";
import person from "../../src/messages/en.json";
import { reading_age } from "./reading_age";

const person_texts: Record<string, string> = { ...base, ...Object.fromEntries(Object.entries(asked).map(([id, text]) => [`asked.${id}`, text])), ...Object.fromEntries(Object.entries(first).map(([id, text]) => [`first.${id}`, text])), ...Object.fromEntries(Object.entries(shared).map(([id, text]) => [`shared.${id}`, text])), ...Object.fromEntries(Object.entries(help).map(([id, text]) => [`get_help.${id}`, text])), ...person };
const files: Record<string, Record<string, string>> = Object.fromEntries(
  readdirSync(new URL("../../src/messages/", import.meta.url)).filter((name) => /^en\..*json$/.test(name)).map((name) => [name, JSON.parse(readFileSync(new URL(`../../src/messages/${name}`, import.meta.url), "utf8")) as Record<string, string>]),
);

const pages = new Map<string, string[]>();
for (const [id, text] of Object.entries(person_texts)) {
  const page = id.split(".")[0] ?? "";
  pages.set(page, [...(pages.get(page) ?? []), text]);
}

test.each([...pages.keys()])("the texts of %s read at eleven or younger", (page) => {
  const { age, words } = reading_age(pages.get(page) ?? []);
  if (words >= 30) expect(age).toBeLessThanOrEqual(11);
});

test("no long text for people reads older than eleven", () => {
  const hard = Object.entries(person_texts)
    .map(([id, text]) => ({ id, ...reading_age([text]) }))
    .filter(({ words, age }) => words >= 12 && age > 11);
  expect(hard).toEqual([]);
});

test("the measure itself tells hard from easy", () => {
  expect(reading_age(["The cat sat on the mat. It was a big red mat."]).age).toBeLessThan(7);
  expect(reading_age(["Notwithstanding the aforementioned considerations, psychotherapeutic interventions necessitate comprehensive multidisciplinary evaluation."]).age).toBeGreaterThan(18);
});

test.each(Object.entries(files))("%s keeps to the voice", (_, texts) => {
  const forbidden = [/\bcommit(ted|s)? suicide\b/i, /\boops\b/i, /great job/i, /well done/i, /stay strong/i, /you should\b/i, /non-?compliant/i, /always here/i, /understand how you feel/i,
    /\bI am (glad|sorry)\b/i, /\bI'm (glad|sorry)\b/i, /will be with you shortly/i, /we missed you/i, /\bstreak/i, /\bhigh[- ]risk\b/i, /\blow[- ]risk\b/i, /!/, /\p{Extended_Pictographic}/u];
  const found = Object.entries(texts).filter(([, text]) => forbidden.some((words) => words.test(text)));
  expect(found).toEqual([]);
});

test("nothing calls itself therapy, treatment, diagnosis or a crisis service", () => {
  const found = Object.entries(person_texts).filter(([, text]) => /therap|treatment|diagnos|\bcrisis\b|\bcure\b|counsell|licensed/i.test(text));
  expect(found).toEqual([]);
});

test("the installable page names nothing about health", () => {
  const manifest = readFileSync(new URL("../../public/manifest.webmanifest", import.meta.url), "utf8");
  expect(manifest).not.toMatch(/health|mental|mood|help|care|therap|crisis|handrail/i);
});

test("every text can be read by the formatter", () => {
  const broken: string[] = [];
  const intl = createIntl({ locale: "en", messages: { ...base, ...person }, onError: (error) => broken.push(String(error.message)) });
  const rich = (words: unknown) => words;
  for (const id of Object.keys(intl.messages)) intl.formatMessage({ id }, { n: 2, of: 9, step: 1, steps: 5, minutes: 3, days: 365, low: 0, high: 27, total: 11, name: "Joss", first: "Joss", role: "nurse", number: "112", time: "22:10", day: "Today", word: "Low", from: "3 Nov", to: "7 Nov", title: "Low mood", range: "0 to 27", what: "a line", part: "People", at: "Today", device: "Firefox", browser: "Firefox", system: "Linux", language: "English", link: rich as never, b: rich as never });
  expect(broken).toEqual([]);
});

/** Every id that the person's pages and the base ask for. */
function asked_ids(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith("staff"))
    .flatMap((name) => [...readFileSync(join(folder, name), "utf8").matchAll(/\b(?:t\(|id=)"([a-z_]+\.[a-z_0-9]+)"/g)].map((found) => found[1] ?? ""));
}

test("every text that a page asks for exists", () => {
  const asked = asked_ids(new URL("../../src/", import.meta.url).pathname);
  expect(asked.length).toBeGreaterThan(150);
  expect([...new Set(asked)].filter((id) => !(id in person_texts))).toEqual([]);
});
