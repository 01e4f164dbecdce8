/* The parts of a safety plan, in the order in which they are read when it gets hard. */

import type { PlanParts } from "../api/generated";
import { element } from "../asked/blocks";
import { usual_locale, language_of, type Language } from "../messages/languages";
import type { Shared_texts } from "./texts";

export const parts = ["warning_signs", "coping", "distraction", "people", "professionals", "safer_place"] as const;
export type Part = (typeof parts)[number];

interface Line {
  text: string;
  phone?: string;
}

/** What stands in a part, line by line. */
export function lines_of(plan: PlanParts, part: Part): Line[] {
  switch (part) {
    case "people":
    case "professionals":
      return plan[part].map(({ name, phone }) => ({ text: name, ...(phone ? { phone } : {}) }));
    case "distraction":
      return plan.distraction;
    default:
      return plan[part].map((text) => ({ text }));
  }
}

/** Only what a telephone understands; anything else never reaches an address. */
function number_link(phone: string): HTMLElement {
  const number = phone.replace(/[^\d+*#]/g, "");
  return number.length > 2 ? element("a", { href: `tel:${number}`, rel: "noreferrer" }, phone) : element("span", {}, phone);
}

export function part_section(t: Shared_texts, plan: PlanParts, part: Part): HTMLElement {
  const lines = lines_of(plan, part);
  const items = lines.map(({ text, phone }) => element("li", { dir: "auto" }, text, phone && text ? " " : null, phone ? number_link(phone) : null));
  return element("section", { class: "part" }, element("h2", {}, t[part]), items.length > 0 ? element("ul", {}, ...items) : element("p", { class: "second" }, t.empty));
}

export const locale_of = (language: Language): string => navigator.languages.find((tag) => language_of(tag) === language) ?? usual_locale[language];
export const day = (at: string, language: Language): string => new Intl.DateTimeFormat(locale_of(language), { dateStyle: "long" }).format(new Date(at));
export const day_and_time = (at: string, language: Language): string => new Intl.DateTimeFormat(locale_of(language), { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
