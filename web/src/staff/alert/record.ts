/* What a record still lacks, and what saving it does. Pure, so that a test can walk every case. */

import type { Account, Alert, Answer, Named, Outcome, OutcomeId } from "../nouns";

export interface Draft {
  outcome: OutcomeId | null;
  record: string;
  colleague: string;
  reason: string;
  answers: { [question: string]: Answer };
}

/* Steps that are no stop on the way of an alert. */
export const aside = ["note", "did", "asked", "words_after"];

/** Kept by the tap alone. What is missing, a colleague or a reason, is asked for first. */
export const one_tap = (outcome: Outcome): boolean => outcome.needs.length === 0;

/** Who closed it may add words, and for some minutes say that it was a slip. */
export function closed_by(alert: Alert, me: Account): { words: boolean; slip: boolean } {
  const last = (kind: (of: string) => boolean) => [...alert.path].reverse().find((step) => kind(step.kind))?.by === me.display_name;
  const closed = alert.state === "closed" && last((kind) => kind === "closed");
  const recorded = alert.state === "closed" && last((kind) => kind.startsWith("outcome_"));
  return { words: closed || recorded, slip: closed && recorded && Date.parse(alert.take_back_until ?? "") > Date.now() };
}

export const empty_draft: Draft = { outcome: null, record: "", colleague: "", reason: "", answers: {} };

export type Lack = "acknowledge" | "outcome" | "colleague" | "reason" | "record";

export const is_mine = (alert: Alert, me: Account): boolean => {
  const holder = alert.acknowledged_by;
  return Boolean(holder) && (holder?.id ? holder.id === me.id : holder?.name === me.display_name);
};

/** The colleague who was asked to take it and has not answered yet. */
export function handed_to(alert: Alert): Named | null {
  const last = alert.path.filter((step) => !aside.includes(step.kind)).at(-1);
  return alert.state === "open" && last?.kind === "handed_over" ? (alert.told ?? null) : null;
}

export const outcome_of = (alert: Alert, draft: Draft): Outcome | undefined => alert.outcomes.find((outcome) => outcome.id === draft.outcome);

/** In the order in which one would fill them in. Empty means it can be saved. */
export function lacks(alert: Alert, draft: Draft, me: Account): Lack[] {
  const missing: Lack[] = [];
  const outcome = outcome_of(alert, draft);
  if (!is_mine(alert, me)) missing.push("acknowledge");
  if (!outcome) missing.push("outcome");
  if (outcome?.needs.includes("colleague") && !draft.colleague) missing.push("colleague");
  if (outcome?.needs.includes("reason") && draft.reason.trim() === "") missing.push("reason");
  if (outcome?.needs.includes("words") && draft.record.trim() === "") missing.push("record");
  return missing;
}

export type After = "closes" | "waits_for_colleague" | "waits_for_second" | "stays_open";

/** What happens to the alert when this is saved. */
export function after(outcome: Outcome): After {
  if (outcome.needs.includes("second_person")) return "waits_for_second";
  if (outcome.needs.includes("colleague")) return "waits_for_colleague";
  return outcome.closes ? "closes" : "stays_open";
}
