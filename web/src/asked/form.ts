/* One form as plain fields: its questions and nothing else. Nothing has to be answered. */

import type { CheckInForm, Questionnaire } from "../api/generated";
import { element } from "./blocks";

export type Answer = number | string | string[] | null;
export type Answers = Record<string, Answer>;

/** What the server gives for a link: one of the two. */
export interface Shown {
  form: string;
  until: string;
  /** Where they are about somebody else: whom, if that one wanted to be called something, and the reader's own language. */
  called?: string;
  language?: string;
  check_in?: CheckInForm;
  questionnaire?: Questionnaire;
}

function options(name: string, many: boolean, choices: readonly { value: string | number; text: string; end?: string }[]): HTMLElement[] {
  return choices.map(({ value, text, end }) => element("label", { class: "option" }, element("input", { type: many ? "checkbox" : "radio", name, value: String(value) }), element("span", {}, end ? `${text} ${end}` : text)));
}

export function form_fields(shown: Shown): HTMLElement[] {
  const fields: HTMLElement[] = [];
  for (const group of shown.check_in?.groups ?? []) {
    if (group.text) {
      const area = element("textarea", { class: "input", name: group.id, id: `field-${group.id}`, maxlength: String(group.longest ?? 2000) });
      fields.push(element("div", {}, element("label", { for: `field-${group.id}` }, element("strong", {}, group.question)), group.hint ? element("p", { class: "second" }, group.hint) : null, area, group.below ? element("p", { class: "second" }, group.below) : null));
    } else fields.push(element("fieldset", {}, element("legend", {}, group.question), group.hint ? element("p", { class: "second" }, group.hint) : null, ...options(group.id, group.many ?? false, group.choices ?? [])));
  }
  for (const item of shown.questionnaire?.items ?? []) fields.push(element("fieldset", {}, element("legend", {}, item.text), ...options(item.id, false, item.options)));
  return fields;
}

/** What was answered, by group or item; what was left open is not in it. */
export function answers_in(shown: Shown, given: FormData): Answers {
  const answers: Answers = {};
  for (const group of shown.check_in?.groups ?? []) {
    const values = given.getAll(group.id).map(String).filter((value) => value.trim() !== "");
    if (values.length === 0) continue;
    answers[group.id] = group.text ? values.join("\n") : group.many ? values : Number(values[0]);
  }
  for (const item of shown.questionnaire?.items ?? []) {
    const value = given.get(item.id);
    if (typeof value === "string") answers[item.id] = Number(value);
  }
  return answers;
}

/** The items whose answer is sent at once. */
export const critical_items = (shown: Shown): readonly string[] => (shown.questionnaire?.items ?? []).filter((item) => item.critical).map((item) => item.id);
