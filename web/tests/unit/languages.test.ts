import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { createIntl } from "react-intl";
// The library's own parser, not what vite.config.ts puts in its place.
import { parse, TYPE, type MessageFormatElement } from "../../node_modules/@formatjs/icu-messageformat-parser/index.js";
import { afterEach, expect, test } from "vitest";
import { fetch_texts, help_page, language_of, languages, wished_language, type Other_language } from "../../src/messages/languages";
import { served_texts } from "../../src/messages/served";
import { parse as ours } from "../../src/base/message_parser";
import { served, served_or, tell_in } from "../../src/base/served";

const top = resolve(import.meta.dirname, "../../..");
const read = (name: string) => JSON.parse(readFileSync(join(top, "web/src/messages", name), "utf8")) as Record<string, string>;
const others = languages.filter((one): one is Other_language => one !== "en");
const parts = ["base", "", "help", "asked", "shared"].filter((part) => part !== "help" || others.every((one) => readdirSync(join(top, "web/src/messages")).includes(`${one}.help.json`)));
const file = (language: string, part: string) => `${[language, part, "json"].filter(Boolean).join(".")}`;

/** All that a person reads in a language, by file and id. */
function all_texts(language: string): Record<string, string> {
  const own = parts.flatMap((part) => Object.entries(read(file(language, part))).map(([id, text]) => [`${part}:${id}`, text] as const));
  const said = language === "en" ? served_texts.map((text) => [text, text] as const) : Object.entries(read(`${language}.served.json`));
  return Object.fromEntries([...own, ...said.map(([id, text]) => [`served:${id}`, text] as const)]);
}
const english = all_texts("en");
const texts = Object.fromEntries(others.map((one) => [one, all_texts(one)]));
const of = (language: string) => texts[language] ?? {};
const pages = (all: Record<string, string>) => Object.entries(all).map(([id, text]) => ({ id, text }));

test.each(others)("%s has every text, and none that English has not", (language) => {
  expect(Object.keys(of(language)).sort()).toEqual(Object.keys(english).sort());
});

test("our parser reads every message as the library's does", () => {
  const folder = join(top, "web/src/messages");
  const all = readdirSync(folder).filter((name) => name.endsWith(".json") && !/help|served/.test(name)).flatMap((name) => Object.values(read(name)));
  expect(all.length).toBeGreaterThan(1000);
  all.push("{who, select, her {{n, plural, one {# (her)} other {#}}} other {# < 3}}");
  expect(all.filter((text) => !isDeepStrictEqual(ours(text), parse(text)))).toEqual([]);
  for (const broken of ["{", "}", "{n, plural, one {#}}", "<b>x", "{n, date}", "x</b>"]) expect(() => ours(broken), broken).toThrow();
}, 60_000);

/** What is filled in, and how: "minutes plural", "name", "<b>". */
function places(text: string): string[] {
  const found: string[] = [];
  const walk = (elements: readonly MessageFormatElement[]) => {
    for (const one of elements) {
      if (one.type === TYPE.argument) found.push(one.value);
      else if (one.type === TYPE.plural) {
        found.push(`${one.value} plural`);
        walk(one.options.other?.value ?? []);
      } else if (one.type === TYPE.tag) {
        found.push(`<${one.value}>`);
        walk(one.children);
      } else if (one.type !== TYPE.literal && one.type !== TYPE.pound) found.push(`${one.type} ${String("value" in one ? one.value : "")}`);
    }
  };
  walk(parse(text));
  return [...new Set(found)].sort();
}

test("the measure of places sees them", () => {
  expect(places("{n, plural, one {# {what}} other {# of {what}}} <b>{name}</b>")).toEqual(["<b>", "n plural", "name", "what"]);
});

test.each(others)("%s fills in what English fills in", (language) => {
  const wrong = pages(of(language)).filter(({ id, text }) => places(text).join() !== places(english[id] ?? "").join());
  expect(wrong).toEqual([]);
});

test.each(others)("%s leaves every number as it is", (language) => {
  const figures = (text: string) => (text.replace(/\{[^{}]*plural,/g, "").match(/\d+/g) ?? []).sort().join();
  const wrong = pages(of(language)).filter(({ id, text }) => figures(text) !== figures(english[id] ?? ""));
  expect(wrong).toEqual([]);
});

test.each(others)("every text of %s can be read by the formatter, with one and with many", (language) => {
  const broken: string[] = [];
  const own = Object.fromEntries(pages(of(language)).filter(({ id }) => !id.startsWith("served:")).map(({ id, text }) => [id, text]));
  const intl = createIntl({ locale: language, messages: own, onError: (error) => broken.push(String(error.message)) });
  const rich = ((words: unknown) => words) as never;
  for (const id of Object.keys(own))
    for (const n of [0, 1, 2, 5])
      intl.formatMessage({ id }, { n, of: 9, step: 1, steps: 5, minutes: n, days: 365, low: 0, high: 27, total: 11, name: "Joss", first: "Joss", role: "x", number: "112", time: "22:10", day: "3", word: "x", from: "3", to: "7", title: "x", range: "0", what: "x", part: "x", at: "x", device: "x", browser: "x", system: "x", language: "x", country: "x", keyword: "x", link: rich, b: rich });
  expect(broken).toEqual([]);
});

// Words that hold English sentences together and are words in none of the four.
const english_words = /(?<![\p{L}’'])(the|and|of|with|you|your|is|are|this|that|what|who|to|have|not|from|can|when|they|it|only|here|there|yet|every|which|does|did)(?![\p{L}’'])/iu;

test.each(others)("no English is left in %s", (language) => {
  const left = pages(of(language)).filter(({ text }) => english_words.test(text.replace(/\{\w+(, plural,)?|<\/?\w+>/g, " ")));
  expect(left).toEqual([]);
  const same = pages(of(language)).filter(({ id, text }) => text === english[id] && (text.match(/\p{L}{2,}/gu) ?? []).length > 2 && !/^\W*(\{\w+\}\W*)+$/.test(text));
  expect(same).toEqual([]);
});

test("the list of English words finds English", () => {
  const found = Object.values(english).filter((text) => english_words.test(text));
  expect(found.length / Object.values(english).length).toBeGreaterThan(0.4);
});

// The chat says tú, vous, du and tu (content/conversation); the page says the same.
const other_address: Record<Other_language, RegExp> = {
  es: /\b(usted|ustedes|vos)\b/i,
  fr: /(?<![\p{L}-])(tu|toi|ton|tes|t’|t')(?![\p{L}])/iu,
  de: /(?<!^|[.?!:] )\b(Sie|Ihnen|Ihre?[nmrs]?)\b/,
  pt: /\b(você|vocês|o senhor|a senhora|celular|tela)\b/i,
};
const voice: Record<Other_language, RegExp[]> = {
  es: [/suicid/i, /crisis/i, /terapia|tratamiento/i, /deber[ií]as/i],
  fr: [/suicid/i, /crise/i, /thérapie|traitement/i, /vous devriez/i],
  de: [/selbstmord|suizid/i, /krise/i, /therapie|behandlung/i, /du solltest/i],
  pt: [/suic[ií]d/i, /crise/i, /terapia|tratamento/i, /dever(i|í)as/i],
};

test.each(others)("%s speaks to people as the chat does, and keeps to the voice", (language) => {
  const never = [...voice[language], other_address[language], /[!¡]/, /\p{Extended_Pictographic}/u];
  const found = pages(of(language)).filter(({ text }) => never.some((words) => words.test(text)));
  expect(found).toEqual([]);
});

test.each(others)("%s names its pages as the chat does", (language) => {
  const chat = readFileSync(join(top, "content/conversation", language, "texts.json"), "utf8");
  expect(chat).toContain(of(language)[":memory.heading"]);
  expect(chat).toContain(of(language)[":tab.more"]);
});

/** LIX: words a sentence, and long words a hundred. It needs no syllables, so that it means the same in each language. */
function lix(all: readonly string[]): number {
  const sentences = all.flatMap((text) => text.replace(/\{\w+, plural,[^{]*(\{[^{}]*\}[^{}]*)*other \{([^{}]*)\}\s*\}/g, "$2").replace(/[{}<>/#]/g, " ").split(/[.?!:]+(?:\s|$)/)).map((one) => one.match(/\p{L}+/gu) ?? []).filter((words) => words.length > 0);
  const words = sentences.flat();
  return words.length / sentences.length + (100 * words.filter((word) => word.length > 6).length) / words.length;
}

test.each(others)("%s reads easily: LIX under 40", (language) => {
  const page = new Map<string, string[]>();
  for (const { id, text } of pages(of(language))) page.set(id.split(".")[0] ?? "", [...(page.get(id.split(".")[0] ?? "") ?? []), text]);
  const hard = [...page].filter(([, all]) => all.join(" ").split(" ").length > 60).map(([name, all]) => [name, Math.round(lix(all))] as const);
  console.log(language, hard.map(([name, value]) => `${name} ${value}`).join(", "));
  expect(hard.filter(([, value]) => value >= 40)).toEqual([]);
});

/** The sources and content of the server as one text, its broken lines of words joined. */
function server_words(): string {
  const all: string[] = [];
  const walk = (folder: string, ending: RegExp) => {
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) if (ending.test(name)) all.push(readFileSync(join(folder, name), "utf8"));
  };
  for (const folder of ["http/routes", "care", "monitoring", "trust", "domain", "errands"]) walk(join(top, "src", folder), /\.(cpp|h)$/);
  walk(join(top, "content/protocols"), /\.json$/);
  walk(join(top, "content/check_ins"), /\.json$/);
  walk(join(top, "content/consent"), /^en\.json$/);
  walk(join(top, "content/messages"), /\.json$/);
  walk(join(top, "content/conversation/en"), /^texts\.json$/);
  return all.join("\n").replace(/"\s*\n\s*"/g, "");
}

test("what is translated of the server's words are the server's words", () => {
  const known = server_words();
  // A number, an hour or a name stands between; what is glued together in the code is looked for piece by piece.
  const pieces = (text: string) => text.split(/\{\w+\}/).flatMap((piece) => piece.split(/(?<=[.?!,]) | (?=days|day\b|such|tomorrow)|\.$/)).map((piece) => piece.trim().replace(/^[,.“”]+|[,.“”]+$/g, "").trim()).filter((piece) => piece.length > 2);
  const lost = served_texts.flatMap((text) => pieces(text)).filter((piece) => !known.includes(piece));
  expect(lost).toEqual([]);
});

afterEach(() => tell_in(null));

test("a text of the server is told in the page's language, or left whole", async () => {
  expect(served("Saved. Thank you.")).toBeNull();
  expect(served_or("Saved. Thank you.", "")).toBe("Saved. Thank you.");
  tell_in((await fetch_texts.es()).served);
  expect(served("Nobody from your team is here until Monday at 09:00.")).toBe("No hay nadie de tu equipo aquí hasta el lunes a las 09:00.");
  expect(served("Someone from your team reads here until 17:30.")).toBe("Alguien de tu equipo lee aquí hasta las 17:30.");
  expect(served("Your answers add up to 12.5. It is not a diagnosis.")).toBe("Tus respuestas suman 12,5. No es un diagnóstico.");
  // One part that is not known: none is told, for half a sentence helps nobody.
  expect(served("It is not a diagnosis. The moon is full.")).toBeNull();
  expect(served_or("The moon is full.", "")).toBe("");
});

test("the language is the browser's first that there are texts in", () => {
  expect(wished_language(["nl-NL", "es-419", "en"])).toBe("es");
  expect(wished_language(["nl", "sv"])).toBe("en");
  expect(language_of("EN_us")).toBe("en");
  expect(language_of(null)).toBeNull();
  expect(help_page("en")).toBe("/help.html");
  expect(help_page("es")).toBe("/help.es.html");
});
