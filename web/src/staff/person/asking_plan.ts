/* What somebody is asked and when, between the form that a clinician fills in and what the server keeps. */

import type { Ask, AskSchedule, AskTime } from "../../api/generated";
import type { Body } from "../../base/client";
import { weekdays } from "../../base/week";
import type { WordId } from "../words";

export type Plan = Body<"POST", "/people/{person}/schedules">;
export type Kind = "times" | "window" | "once";
export type Unit = "minutes" | "hours" | "days";

export interface DraftTime {
  days: readonly string[];
  from: string;
  /** only of a window; empty: that minute and no other */
  to: string;
}

export interface Draft {
  form: string;
  kind: Kind;
  times: readonly DraftTime[];
  gap: string;
  /** of the appointment or the event, by the clinician's own clock */
  day: string;
  time: string;
  amount: string;
  unit: Unit;
  side: "before" | "after";
  usual: string;
  least: string;
  zone: string;
  /** its link never goes by WhatsApp */
  sensitive: boolean;
}

export const new_time: DraftTime = { days: weekdays, from: "09:00", to: "12:00" };
export const new_draft: Draft = { form: "daily", kind: "times", times: [new_time], gap: "0", day: "", time: "09:00", amount: "1", unit: "days", side: "before", usual: "1", least: "1", zone: "", sensitive: false };

const minutes_in: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440 };
const units: readonly Unit[] = ["days", "hours", "minutes"];
/** The largest unit that says it in a whole number. */
export const span_in_words = (minutes: number): { n: number; unit: Unit } => {
  const unit = units.find((one) => minutes % minutes_in[one] === 0) ?? "minutes";
  return { n: minutes / minutes_in[unit], unit };
};

const two = (n: number) => String(n).padStart(2, "0");

/** The form filled in with what is asked until now. */
export function draft_of(schedule: AskSchedule): Draft {
  const shared = { form: schedule.form, zone: schedule.time_zone, gap: String(schedule.least_gap_minutes), usual: String(schedule.usual_every), least: String(schedule.at_least_every), sensitive: schedule.sensitive ?? false };
  if (schedule.anchor_at) {
    const at = new Date(schedule.anchor_at);
    const offset = schedule.offset_minutes ?? 0;
    const { n, unit } = span_in_words(Math.abs(offset));
    return { ...new_draft, ...shared, kind: "once", day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`, time: `${two(at.getHours())}:${two(at.getMinutes())}`, amount: String(n), unit, side: offset > 0 ? "after" : "before" };
  }
  const times = schedule.times.map((one) => ({ days: one.days?.length ? one.days : weekdays, from: one.from, to: one.to === "24:00" ? "00:00" : (one.to ?? "") }));
  return { ...new_draft, ...shared, kind: times.some((one) => one.to) ? "window" : "times", times };
}

/** What it asks the server to keep; the same again, so that undoing loses nothing. */
export function plan_of_schedule(schedule: AskSchedule): Plan {
  const { form, time_zone, times, least_gap_minutes, anchor_at, offset_minutes, usual_every, at_least_every, sensitive } = schedule;
  return { form, time_zone, times, least_gap_minutes, usual_every, at_least_every, ...(sensitive ? { sensitive } : {}), ...(anchor_at ? { anchor_at, offset_minutes: offset_minutes ?? 0 } : {}) };
}

/** A window that ends at midnight ends at 24:00: 00:00 would be before it began. */
const end_of = (time: DraftTime) => (time.to === "00:00" ? "24:00" : time.to);

/** The first thing that is missing, in the order of the form. What the server alone can tell, such as times too near each other, it says itself. */
export function lacking(draft: Draft): WordId | null {
  if (draft.form === "") return "asking.lacks_form";
  if (draft.kind === "once") {
    if (!draft.day || !draft.time) return "asking.lacks_event";
    return /^\d+$/.test(draft.amount) ? null : "asking.lacks_amount";
  }
  if (draft.times.some((one) => one.days.length === 0)) return "asking.lacks_days";
  if (draft.times.some((one) => !one.from)) return "asking.lacks_time";
  if (draft.kind === "window" && draft.times.some((one) => one.to && end_of(one) <= one.from)) return "asking.lacks_end";
  return Number(draft.least) < Number(draft.usual) ? "asking.lacks_least" : null;
}

export function plan_of(draft: Draft): Plan {
  const shared = { form: draft.form, ...(draft.zone.trim() ? { time_zone: draft.zone.trim() } : {}), ...(draft.sensitive ? { sensitive: true } : {}) };
  if (draft.kind === "once") return { ...shared, anchor_at: new Date(`${draft.day}T${draft.time}`).toISOString(), offset_minutes: Number(draft.amount) * minutes_in[draft.unit] * (draft.side === "before" ? -1 : 1) || 0 };
  const times = draft.times.map((one): AskTime => ({ ...(one.days.length < 7 ? { days: weekdays.filter((day) => one.days.includes(day)) } : {}), from: one.from, ...(draft.kind === "window" && one.to ? { to: end_of(one) } : {}) }));
  return { ...shared, times, least_gap_minutes: Number(draft.gap) || 0, usual_every: Number(draft.usual), at_least_every: Number(draft.least) };
}

export type State = Ask["state"];
export const states: readonly State[] = ["answered", "missed", "open", "withdrawn"];

/** How many of the last times became what; what none became is left out. */
export const counted = (asks: readonly Pick<Ask, "state">[]): { state: State; n: number }[] => states.map((state) => ({ state, n: asks.filter((ask) => ask.state === state).length })).filter(({ n }) => n > 0);

/** Hours of a day between 0 and 24. */
export const hour_of = (clock: string): number => Number(clock.slice(0, 2)) + Number(clock.slice(3, 5)) / 60;
