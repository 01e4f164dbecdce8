/* Which questions are asked, from the answers so far: by the same conditions as on the server, and read in the same order. */

import type { CheckInGroup } from "../api/generated";
import { holds, type Known } from "../scoring/conditions";
import type { Condition } from "../scoring/instrument";

export type Answer = number | string | string[];
export type Answers = Readonly<Record<string, Answer>>;

/** What is asked. */
export interface Asking {
  groups: readonly CheckInGroup[];
  asked_when: Readonly<Record<string, unknown>>;
  needed: readonly string[];
}

/** A question with one choice counts by its id, each tick by question.choice; free text counts for no condition. */
function see(group: CheckInGroup, answer: Answer | undefined, values: Map<string, number>): void {
  if (typeof answer === "number") values.set(group.id, answer);
  if (Array.isArray(answer)) for (const { value } of group.choices ?? []) values.set(`${group.id}.${value}`, answer.includes(String(value)) ? 1 : 0);
}

/** The questions that are asked, in their order. What stands before a question decides about it, and an answer to one that is
    not asked any more decides nothing. */
export function asked(asking: Asking, answers: Answers): CheckInGroup[] {
  const values = new Map<string, number>();
  const known: Known = { values, scores: new Map(), context: {}, refused: new Set() };
  return asking.groups.filter((group) => {
    const when = asking.asked_when[group.id] as Condition | undefined;
    if (when && !holds(when, known)) return false;
    see(group, answers[group.id], values);
    return true;
  });
}

/** Where to go on: the first question after the last that was answered; none when that was the last. */
export function resume_at(asking: Asking, answers: Answers): CheckInGroup | undefined {
  const all = asked(asking, answers);
  const last = all.reduce((found, group, at) => (answers[group.id] === undefined ? found : at), -1);
  return all[last + 1];
}

/** The first that has to be answered and was not. */
export const still_needed = (asking: Asking, answers: Answers): CheckInGroup | undefined => asked(asking, answers).find((group) => asking.needed.includes(group.id) && answers[group.id] === undefined);

/** An answer in words; as it was written when it is free text. */
export function said(group: CheckInGroup, answer: Answer): string {
  if (typeof answer === "string") return answer;
  const chosen = Array.isArray(answer) ? answer : [String(answer)];
  return (group.choices ?? []).filter((choice) => chosen.includes(String(choice.value))).map((choice) => choice.text).join(". ");
}

/** Nothing for what was left open. */
export function answer_in(group: CheckInGroup, given: FormData): Answer | undefined {
  const values = given.getAll(group.id).map(String).filter((value) => value.trim() !== "");
  if (values.length === 0) return undefined;
  return group.text ? (values[0] ?? "") : group.many ? values : Number(values[0]);
}

/** "None of these" is not ticked beside one of them. */
export function ticked(before: readonly string[], now: readonly string[]): string[] {
  const alone = ["none", "nothing", "nobody"];
  const added = now.find((value) => !before.includes(value));
  if (added === undefined) return [...now];
  return alone.includes(added) ? [added] : now.filter((value) => !alone.includes(value));
}
