/* The nouns of the staff pages: the server's own, under the names that the pages use. */

import type { Account, Alert, CaseRow, Card, ConsentLine, Draft, ExpectedTotals, Message, NextStep, Outcome, PersonHead, SavedReply, Summary, TimelineEvent } from "../api/generated";
import type { Body } from "../base/client";
import type { Urgency } from "../base/marks";

export type { AlertStep, Block, BreakGlass, Caseload, ChartEvent, Colleague, Conversation, CourseReview, CriticalAnswer, Finding, FindingSource, FirstAssessment, FirstAssessmentFit, FirstAssessmentLine, KnownAndPlanned, Live, LivePage, LiveRow, ListEntry, ListLoad, Mark, MeasureOutcomes, MeasuredOutcome, Named, OutcomeRow, Outcomes, PersonPage, PlanParts, Progress, QuietRule, ServiceOutcomes, ServiceReport, SparkPoint, ToLookAt, Totals, Treatment, Walk } from "../api/generated";
export type { Account, Alert, Card, Draft, Message, NextStep, Outcome, PersonHead, SavedReply, Summary, TimelineEvent, Urgency };

export type Expected = ExpectedTotals;
export type Role = Account["role"];
export type Row = CaseRow;
export type OutcomeId = Outcome["id"];
export type Answer = NonNullable<Body<"POST", "/alerts/{alert}/outcome">["answers"]>[string];
export type EventKind = TimelineEvent["kind"];

/** The order in which a human is needed. */
export const urgencies: readonly Urgency[] = ["now", "today", "unknown", "soon", "usual"];

/** An alert about a person, with everything needed to act. A test page has none of it. */
export interface PersonAlert extends Alert {
  person: PersonHead;
  messages: Message[];
  consents: ConsentLine[];
  card: Card;
  next_steps: NextStep[];
}

/** Fills in what the server left out; null when there is no person in it. */
export function about_person(alert: Alert): PersonAlert | null {
  const { person, card } = alert;
  if (!person || !card) return null;
  return { ...alert, person, card, messages: alert.messages ?? [], consents: alert.consents ?? [], next_steps: alert.next_steps ?? [] };
}
