/* What the server says to staff pages (docs: /api/openapi.json). Instants are RFC 3339 UTC text. */

import type { Urgency } from "../base/marks";

export type { Urgency };
export type Role = "person" | "supporter" | "clinician" | "lead" | "administrator" | "integration";

/** The order in which a human is needed. */
export const urgencies: readonly Urgency[] = ["now", "today", "unknown", "soon", "usual"];

export interface Named {
  id: string;
  name: string;
}

export interface Account {
  id: string;
  role: Role;
  login?: string | null;
  display_name: string;
  person?: string | null;
  second_factor: boolean;
  language: string;
  teams: Named[];
}

export interface SparkPoint {
  d: number;
  v: number | null;
}

export interface Row {
  person: string;
  name: string;
  age_band: string;
  urgency: Urgency;
  reason: string;
  alert?: string | null;
  new: boolean;
  spark: SparkPoint[];
  heard_at?: string | null;
  who?: { id: string; name: string; initials: string; doing?: string | null } | null;
  acknowledged: boolean;
  conversation?: string | null;
  due_at?: string | null;
}

export interface Caseload {
  team?: { id: string; name: string; people: number } | null;
  counts: Record<Urgency, number>;
  groups: { urgency: Urgency; people: Row[] }[];
  last_walk?: { at: string; seconds: number } | null;
  me?: { on_call_until?: string | null; next?: string | null } | null;
  test_pages?: { alert: string; raised_at: string; reason?: string | null }[] | null;
}

/** A part of a text that raised something. begin and end count code points. */
export interface Mark {
  begin: number;
  end: number;
  rule?: string;
}

export interface Block {
  kind: "text" | "question" | "calls" | "steps" | "told" | "aside" | "exercise";
  text?: string;
  title?: string;
  state?: "nobody" | "told" | "opened";
  choices?: { id: string; text: string }[];
  items?: { label?: string; text?: string; detail?: string; tel?: string; tel_text?: string; action?: string }[];
}

export interface Message {
  id: string;
  at: string;
  author: "person" | "ai" | "human" | "system";
  author_name?: string | null;
  author_role?: string | null;
  text: string;
  blocks?: Block[] | null;
  urgency?: Urgency | null;
  edited_draft?: boolean;
  marks?: Mark[] | null;
}

export interface Finding {
  id: string;
  at: string;
  urgency: Urgency;
  category: string;
  subject?: string;
  time?: string;
  why: string;
  rule: string;
  rule_title?: string | null;
  source?: { id: string; citation: string; mark?: string } | null;
  versions?: string | Record<string, string> | null;
  /** `context_index`: the piece stands in an earlier message of the person, not in the one that was judged */
  evidence: { begin: number; end: number; text: string; rule: string; context_index?: number | null }[];
  judged?: "agree" | "disagree" | null;
  /** the account */
  judged_by?: string | null;
  about?: { kind: "message" | "check_in" | "questionnaire" | "silence"; id: string } | null;
  /** the id */
  person?: string | null;
}

export interface PlanParts {
  warning_signs?: string[];
  coping?: string[];
  distraction?: { text: string; phone?: string | null }[];
  people?: { name: string; phone?: string | null }[];
  professionals?: { name: string; phone?: string | null }[];
  safer_place?: string[];
}

export interface Card {
  safe_contact?: { phone?: string | null; email?: string | null; times?: string | null; voicemail_ok?: boolean; text_ok?: boolean } | null;
  address?: string | null;
  emergency_contact?: { name: string; relation?: string | null; phone?: string | null; may_call?: boolean } | null;
  safety_plan?: { updated_at: string; parts: PlanParts } | null;
  clinician?: { name: string } | null;
  medicines?: string | null;
  last_contact?: { at: string; what: string } | null;
  missing: string[];
}

export interface PathStep {
  /** raised, raised_again, told, escalated, reopened, acknowledged, note, handed_over, second_wanted, second_agreed, second_refused, outcome_…, closed */
  kind: string;
  at: string;
  by?: string | null;
  text: string;
  /** what somebody wrote with it */
  words?: string | null;
}

export interface NextStep {
  id: string;
  title: string;
  detail?: string | null;
  phone?: string | null;
  questions?: { id: string; text: string }[] | null;
}

export type OutcomeNeed = "colleague" | "reason" | "second_person";
export type OutcomeId = "reached" | "not_reached" | "handed_over" | "no_contact_needed";
export type Answer = "yes" | "no" | "not_asked";

export interface Outcome {
  id: OutcomeId;
  text: string;
  closes: boolean;
  needs: OutcomeNeed[];
}

export interface PersonHead {
  id: string;
  name: string;
  age_band: string;
  country?: string | null;
  language?: string | null;
}

export interface Alert {
  id: string;
  /** absent for a test page */
  person?: PersonHead | null;
  urgency: Urgency;
  category: string;
  state: "open" | "acknowledged" | "second_wanted" | "closed";
  reason?: string | null;
  raised_at: string;
  due_at?: string | null;
  path: PathStep[];
  finding?: Finding | null;
  messages?: Message[] | null;
  told_person?: { at: string; text: string; text_id?: string | null; answered: boolean } | null;
  consents?: { what: string; text: string }[] | null;
  card?: Card | null;
  next_steps?: NextStep[] | null;
  outcomes: Outcome[];
  acknowledged_by?: { id?: string; name: string } | null;
  /** who is being told at this moment */
  told?: Named | null;
  /** who is told when nobody acts by due_at */
  next_told?: string | null;
  conversation?: string | null;
  since_you_looked?: { at: string; text: string }[] | null;
  looked_at?: string | null;
  needs_second?: boolean;
  test?: boolean;
}

export interface Progress {
  sentence?: string | null;
  how_sure?: string | null;
  series?: {
    measure: string;
    scale: { value: number; text: string }[];
    better?: "up" | "down";
    points: { at: string; value: number }[];
    gaps: { from: string; to: string }[];
    average: { at: string; value: number; low: number; high: number }[];
    usual?: { low: number; high: number } | null;
  } | null;
  totals?: Totals[];
  empty?: boolean;
}

export interface Totals {
  instrument: string;
  title: string;
  range: [number, number];
  better: "up" | "down";
  points: { at: string; total: number; low?: number | null; high?: number | null; text?: string | null }[];
}

export type EventKind = "message" | "message_ai" | "message_human" | "alert_step" | "check_in" | "questionnaire" | "finding" | "alert" | "note" | "access" | "silence";

export interface TimelineEvent {
  id?: string | null;
  at: string;
  kind: EventKind;
  text: string;
  urgency?: Urgency | null;
  marks?: Mark[] | null;
}

export interface PersonPage {
  person: PersonHead & { since?: string | null; clinician?: { name: string } | null };
  card: Card;
  urgency: Urgency;
  open_alert?: string | null;
  conversation?: string | null;
  looked_at?: string | null;
  since_you_looked: { at: string; text: string }[];
  progress: Progress;
  findings: Finding[];
  in_place: { what: string; text: string; missing: boolean }[];
  timeline: { items: TimelineEvent[]; next?: string | null };
}

export interface Conversation {
  id: string;
  state: "ai" | "waiting" | "human" | "closed";
  with?: { id?: string; name: string; role?: string; since?: string } | null;
  waiting?: { since: string; text?: string } | null;
  memory?: boolean;
  messages: Message[];
  earlier?: string | null;
}

export interface LiveRow {
  conversation: string;
  person: string;
  name: string;
  since?: string | null;
  urgency: Urgency;
  last?: string | null;
  with?: { id?: string; name: string; initials?: string } | null;
  state?: Conversation["state"];
}

export interface Live {
  waiting: LiveRow[];
  mine: LiveRow[];
  others: LiveRow[];
}

export interface LivePage {
  conversation: Conversation;
  person: PersonHead;
  matters: { alert?: { id: string; urgency: Urgency; reason?: string | null } | null; card: Card };
}

export interface Colleague {
  id: string;
  name: string;
  role: Role;
  initials: string;
}

export interface BreakGlass {
  id: string;
  who: string;
  /** the id: a lead reads no names here */
  person: string;
  at: string;
  reason: string;
  review_due_at?: string | null;
  reviewed: boolean;
}

export interface ServiceReport {
  acknowledged: { days: number; raised: number; acknowledged: number; in_time: number; median_seconds?: number | null; escalated: number };
  open_alerts: { id: string; urgency: Urgency; raised_at: string; due_at?: string | null; step: number; state: Alert["state"] }[];
  break_glass: BreakGlass[];
}

/** An alert about a person, with everything needed to act. A test page has none of it. */
export interface PersonAlert extends Alert {
  person: PersonHead;
  messages: Message[];
  consents: { what: string; text: string }[];
  card: Card;
  next_steps: NextStep[];
}

/** Fills in what the server left out; null when there is no person in it. */
export function about_person(alert: Alert): PersonAlert | null {
  const { person, card } = alert;
  if (!person || !card) return null;
  const steps = (alert.next_steps ?? []).filter((step) => step.id !== "record"); // the page has its own form for the record
  return { ...alert, person, card, messages: alert.messages ?? [], consents: alert.consents ?? [], next_steps: steps };
}
