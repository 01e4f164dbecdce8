/* The words of Get help now. The page brings those of its language with it (tools/finish_build.mjs), so that neither its script
   nor the service worker carries five languages. */

import english_texts from "../messages/en.help.json";
import type { Language } from "../messages/languages";

export type Help_text = keyof typeof english_texts;
export type Help_texts = Record<Help_text, string>;

/** What a page of Get help now brings: `data-texts` of its main part. English where there is nothing to read. */
export function texts_of_page(given: string | null | undefined): Help_texts {
  try {
    return { ...english_texts, ...(JSON.parse(given ?? "{}") as Partial<Help_texts>) };
  } catch {
    return english_texts;
  }
}

/** Text that comes from outside, made safe to stand in a page. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What the server says a number reaches. */
const reached: Record<string, Help_text> = {
  "the emergency services": "emergency_services", ambulance: "ambulance", police: "police", medical: "medical", "fire and ambulance": "fire_and_ambulance", rescue: "rescue", "from a mobile": "from_a_mobile",
};
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const monday = Date.UTC(2024, 0, 1);

/** A line's hours with the days of the week in a language; null where the list says more than days and hours. */
export function hours_in(language: string, text: string, daily: string): string | null {
  const day = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  const name = new RegExp(`\\b(${weekdays.join("|")})\\b`, "g");
  if (/[A-Za-z]/.test(text.replace(name, "").replace(/\bdaily\b/, ""))) return null;
  return text.replace(name, (word) => day.format(monday + weekdays.indexOf(word) * 86_400_000)).replace(/\bdaily\b/, daily);
}

export interface Words {
  language: Language;
  t(id: Help_text, values?: Record<string, string>): string;
  /** The same without making it safe: for where that is done later. */
  plain(id: Help_text): string;
  country(code: string, english: string): string;
  /** What follows give their text made safe; what has no words in the language is in English and marked so. */
  reaches(text: string): string;
  note(text: string): string;
  hours(text: string): string;
  directory(what: string): string;
}

export function words_in(language: Language, texts: Help_texts): Words {
  const english = (text: string): string => (language === "en" || !text ? escape(text) : `<span lang="en">${escape(text)}</span>`);
  const joined = (text: string, known: (part: string) => string | null): string => {
    const parts = text.split(/, /).map(known);
    return language === "en" || parts.includes(null) ? english(text) : escape(parts.join(", "));
  };
  const reach = (part: string): string | null => {
    const id = reached[part];
    return id ? texts[id] : null;
  };
  return {
    language,
    t: (id, values = {}) => texts[id].replace(/\{(\w+)\}/g, (_, name: string) => escape(values[name] ?? "")),
    plain: (id) => texts[id],
    country: (code, name) => (language === "en" ? name : (new Intl.DisplayNames([language], { type: "region" }).of(code) ?? name)),
    reaches: (text) => joined(text, reach),
    note: (text) =>
      joined(text, (part) => {
        const [, number, what] = /^(\d+) ([a-z ]+)$/.exec(part) ?? [];
        const word = what ? reach(what) : null;
        return number && word ? `${number} ${word}` : null;
      }),
    hours: (text) => {
      if (text === "24/7") return escape(texts.day_and_night);
      const told = language === "en" ? null : hours_in(language, text, texts.daily);
      return told === null ? english(text) : escape(told);
    },
    directory: (what) => (language === "en" ? escape(what) : /by country and topic/.test(what) ? escape(texts.by_country_and_topic) : ""),
  };
}
