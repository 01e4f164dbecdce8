/* What the server says in English, in the language of the page. Its sentences are fixed, with a few places for a number or a
   name; each is looked up by its English words. One that is not known stays English and is marked as English. */

let known: [RegExp, string][] | null = null;

const place = /\{(\w+)\}/g;
/** What may stand in a place: a number, an hour, or words. */
const kinds: readonly [RegExp, string][] = [[/^n\d?$/, "[\\d.,]+"], [/^clock$/, "\\d{1,2}:\\d{2}"], [/./, ".+?"]];
const kind = (name: string): string => kinds.find(([sign]) => sign.test(name))?.[1] ?? "";

/** "From {n} days." becomes a pattern that gives what stands in the place. */
function pattern(english: string): RegExp {
  const parts = english.split(place);
  return new RegExp(`^${parts.map((part, at) => (at % 2 ? `(?<${part}>${kind(part)})` : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))).join("")}$`, "u");
}

export function tell_in(served: Record<string, string> | null): void {
  known = served && Object.entries(served).map(([english, other]) => [pattern(english), other]);
}

/** Words in a place may be known as well: "tomorrow at 09:00". A number is written with a comma, as all four write it. */
function filled(name: string, given: string): string {
  return /^(n\d?|clock)$/.test(name) ? given.replace(".", ",") : (one(given) ?? given);
}

function one(sentence: string): string | null {
  for (const [english, other] of known ?? []) {
    const found = english.exec(sentence);
    if (found) return other.replace(place, (_, name: string) => filled(name, found.groups?.[name] ?? ""));
  }
  return null;
}

/** The text in the page's language; null when the page is English, or when a part of it is not known. */
export function served(text: string): string | null {
  if (known === null) return null;
  const whole = one(text);
  if (whole !== null) return whole;
  const sentences = text.split(/(?<=[.?!]) (?=\p{Lu}|“)/u).map(one);
  return sentences.includes(null) ? null : sentences.join(" ");
}

/** For places that can show no mark: the page's language where it is known, else nothing but in English. */
export function served_or(text: string | null | undefined, instead: string): string {
  if (!text) return instead;
  return known === null ? text : (served(text) ?? instead);
}
