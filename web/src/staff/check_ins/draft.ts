/* A check-in while it is designed: as the fields of a page hold it, and as the server takes it. */

import type { CheckInDesign, DesignItem } from "../../api/generated";
import type { Body } from "../../base/client";

export type Design_body = Body<"POST", "/check-in-designs">;
export type Kind = DesignItem["kind"];
/** The same words by language; what is not written yet is not in it. */
export type Local = Record<string, string>;

export interface Item_draft {
  id: string;
  kind: Kind;
  question: Local;
  hint: Local;
  lowest: string;
  highest: string;
  step: string;
  at_lowest: Local;
  at_highest: Local;
  worse: "" | "up" | "down";
  series: boolean;
  several: boolean;
  /** one a line */
  options: Local;
  longest: string;
  /** answers that need a human */
  calls: Call_draft[];
  no_danger: boolean;
}

export interface Call_draft {
  /** "8, 9, 10" or "8-10" */
  answers: string;
  urgency: "soon" | "today" | "now";
  category: string;
}

export const empty_call = (): Call_draft => ({ answers: "", urgency: "today", category: "suicide" });

export interface Draft {
  asks: "person" | "informant";
  /** "en, de" */
  languages: string;
  title: Local;
  about: Local;
  purpose: string;
  /** its link never goes by WhatsApp */
  sensitive: boolean;
  items: Item_draft[];
}

export const empty_item = (kind: Kind = "scale"): Item_draft => ({ id: "", kind, question: {}, hint: {}, lowest: "0", highest: "10", step: "1", at_lowest: {}, at_highest: {}, worse: "", series: false, several: false, options: {}, longest: "500", calls: [], no_danger: false });

export const empty_draft = (): Draft => ({ asks: "person", languages: "en", title: {}, about: {}, purpose: "", sensitive: false, items: [empty_item()] });

export const languages_in = (text: string): string[] => text.toLowerCase().split(/[\s,]+/).filter(Boolean);

const lines_of = (text: string | undefined): string[] => (text ?? "").split("\n").map((line) => line.trim());

/** Option by option, each with its words in every language. A line that one language leaves empty is a gap that the server names. */
function options_in(options: Local, languages: readonly string[]): Local[] {
  const lines = languages.map((language) => lines_of(options[language]));
  const count = Math.max(0, ...lines.map((each) => each.length));
  const all = Array.from({ length: count }, (_, at) => written(Object.fromEntries(languages.map((language, i) => [language, lines[i]?.[at] ?? ""])), languages));
  return all.filter((option) => Object.keys(option).length > 0);
}

/** Only the languages of the design, and only what was written. */
function written(text: Local, languages: readonly string[]): Local {
  return Object.fromEntries(languages.filter((language) => text[language]?.trim()).map((language) => [language, (text[language] ?? "").trim()]));
}

const called = (item: Item_draft): Pick<DesignItem, "calls" | "no_danger"> =>
  item.kind === "text" ? {} : { ...(item.calls.length > 0 ? { calls: item.calls.map((call) => ({ ...call, answers: answers_in(call.answers) })) } : {}), ...(item.no_danger ? { no_danger: true } : {}) };

const whole = (text: string): number => (/^-?\d+$/.test(text.trim()) ? Number(text) : Number.NaN);
const number_or = (text: string, otherwise: number): number => (Number.isNaN(whole(text)) ? otherwise : whole(text));

/** "1, 3-5" as 1, 3, 4, 5. What is no number goes as one that no scale has, which the server refuses with a reason. */
export function answers_in(text: string): number[] {
  return text.split(/[\s,;]+/).filter(Boolean).flatMap((part) => {
    const range = /^(-?\d+)[-–](-?\d+)$/.exec(part);
    if (!range) return [number_or(part, 1_000_000)];
    const [from, to] = [Number(range[1]), Number(range[2])];
    return to - from > 50 ? [1_000_000] : Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  });
}

export function body_of(draft: Draft): Design_body {
  const languages = languages_in(draft.languages);
  const local = (text: Local) => written(text, languages);
  const optional = (name: "about" | "hint", text: Local) => (Object.keys(local(text)).length > 0 ? { [name]: local(text) } : {});
  const items = draft.items.map((item): DesignItem => {
    const one = { id: item.id.trim(), kind: item.kind, question: local(item.question), ...optional("hint", item.hint), ...called(item) };
    if (item.kind === "scale")
      // A number that is none goes as one the server refuses with a reason.
      return { ...one, lowest: number_or(item.lowest, 0), highest: number_or(item.highest, 0), step: number_or(item.step, 0), at_lowest: local(item.at_lowest), at_highest: local(item.at_highest), series: item.series && draft.asks === "person", ...(item.worse ? { worse: item.worse } : {}) };
    if (item.kind === "choice") return { ...one, several: item.several, options: options_in(item.options, languages) };
    return { ...one, longest: number_or(item.longest, 0) };
  });
  return { asks: draft.asks, languages, title: local(draft.title), ...optional("about", draft.about), purpose: draft.purpose.trim(), ...(draft.sensitive ? { sensitive: true } : {}), items };
}

export function draft_of(design: CheckInDesign): Draft {
  const items = design.items.map((item): Item_draft => {
    const options = item.options ?? [];
    return {
      ...empty_item(item.kind),
      id: item.id,
      question: item.question,
      hint: item.hint ?? {},
      at_lowest: item.at_lowest ?? {},
      at_highest: item.at_highest ?? {},
      worse: item.worse ?? "",
      series: item.series ?? false,
      several: item.several ?? false,
      calls: (item.calls ?? []).map((call) => ({ ...call, answers: call.answers.join(", ") })),
      no_danger: item.no_danger ?? false,
      options: Object.fromEntries(design.languages.map((language) => [language, options.map((option) => option[language] ?? "").join("\n")])),
      ...(item.kind === "scale" ? { lowest: String(item.lowest), highest: String(item.highest), step: String(item.step) } : {}),
      ...(item.kind === "text" ? { longest: String(item.longest) } : {}),
    };
  });
  return { asks: design.asks ?? "person", languages: design.languages.join(", "), title: design.title, about: design.about ?? {}, purpose: design.purpose, sensitive: design.sensitive ?? false, items };
}
