/* The last 24 hours as places on one line: which span stands where, and what is said of it. No drawing. */

import type { MeasuredSpan, Measurements } from "../../../api/generated";

export type Value = (span: MeasuredSpan) => number | undefined;

export interface Day {
  /** the instant at the left edge, in milliseconds */
  from: number;
  span: number;
  /** one place a span, oldest first; undefined where nothing was measured */
  places: readonly (MeasuredSpan | undefined)[];
  /** of the newest measured one */
  last: number;
}

const hours = 24;

/** Spans on their places. What is older than 24 hours has none. */
export function day_of(measured: Pick<Measurements, "now" | "span_seconds" | "spans">): Day {
  const span = measured.span_seconds * 1000;
  const count = (hours * 3_600_000) / span;
  const newest = Math.floor(Date.parse(measured.now) / span);
  const first = newest - count + 1;
  const places: (MeasuredSpan | undefined)[] = Array(count).fill(undefined);
  for (const one of measured.spans) {
    const place = Math.floor(Date.parse(one.from) / span) - first;
    if (place >= 0 && place < count) places[place] = one;
  }
  return { from: first * span, span, places, last: places.findLastIndex((one) => one !== undefined) };
}

export interface Run {
  from: number;
  to: number;
}

/** Where nothing is known: nothing was measured, or this value was not. */
export function unknown_runs(day: Day, value: Value): Run[] {
  const runs: Run[] = [];
  day.places.forEach((one, place) => {
    if (one && value(one) !== undefined) return;
    const before = runs[runs.length - 1];
    if (before && before.to === place - 1) before.to = place;
    else runs.push({ from: place, to: place });
  });
  return runs;
}

export interface Most {
  place: number;
  value: number;
}

export type Worst = "most" | "least";

/** The worst, the latest of several; undefined when nothing is known. */
export function worst_of(day: Day, value: Value, worst: Worst = "most"): Most | undefined {
  let found: Most | undefined;
  day.places.forEach((one, place) => {
    const here = one && value(one);
    if (here !== undefined && (!found || (worst === "most" ? here >= found.value : here <= found.value))) found = { place, value: here };
  });
  return found;
}

/** The largest value: what the upper edge of a drawing must hold. */
export const largest = (day: Day, value: Value): number => worst_of(day, value)?.value ?? 0;

export const sum_of = (day: Day, value: Value): number => day.places.reduce((sum, one) => sum + ((one && value(one)) ?? 0), 0);

/** A round number at or above the largest, so that the upper edge can be named. */
export function ceiling(most: number): number {
  if (most <= 0) return 1;
  const ten = 10 ** Math.floor(Math.log10(most));
  return (([1, 2, 5, 10] as const).find((step) => step * ten >= most) ?? 10) * ten;
}

/** Places of full hours that divide the day, with their instants. */
export function ticks_of(day: Day, every = 6): { place: number; at: number }[] {
  const ticks: { place: number; at: number }[] = [];
  for (let place = 0; place < day.places.length; place += 1) {
    const at = new Date(day.from + place * day.span);
    if (at.getHours() % every === 0 && at.getMinutes() * 60_000 < day.span) ticks.push({ place, at: at.getTime() });
  }
  return ticks;
}

/** Hour by hour what the table lists, newest first: the worst of what stood, the sum of what happened. */
export function hours_of(day: Day, lanes: readonly { value: Value; worst?: Worst; shape: "line" | "bars" }[]): { at: number; values: (number | undefined)[] }[] {
  const each = 3_600_000 / day.span;
  const rows: { at: number; values: (number | undefined)[] }[] = [];
  for (let begin = 0; begin < day.places.length; begin += each) {
    const within = day.places.slice(begin, begin + each).filter((one) => one !== undefined);
    if (within.length === 0) continue;
    rows.push({
      at: day.from + begin * day.span,
      values: lanes.map(({ value, worst, shape }) => {
        const known = within.map(value).filter((one) => one !== undefined);
        if (shape === "bars") return known.reduce((sum, one) => sum + one, 0);
        return known.length === 0 ? undefined : worst === "least" ? Math.min(...known) : Math.max(...known);
      }),
    });
  }
  return rows.reverse();
}
