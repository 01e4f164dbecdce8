/* The arithmetic of the course chart: one time axis, lanes in pixels, nothing drawn across a gap. */

import type { Expected, MeasuredOutcome, Progress, Totals } from "../nouns";

export const day = 86_400_000; // ms

export interface Span {
  from: number;
  to: number;
}

export interface Scale {
  (value: number): number;
}

export const linear =
  (from: [number, number], to: [number, number]): Scale =>
  (value) =>
    to[0] + ((value - from[0]) / (from[1] - from[0] || 1)) * (to[1] - to[0]);

/** The published short name, as clinicians write it: "PHQ-9". */
export const short_title = (total: Totals): string => total.instrument.toUpperCase();

/** From the first answer (or `months` ago) to now. */
export function span_of(progress: Pick<Progress, "totals"> & Partial<Pick<Progress, "series">>, months: number | null, now: number): Span {
  const times = [...(progress.series?.points ?? []).map((point) => Date.parse(point.at)), ...(progress.totals ?? []).flatMap((total) => total.points.map((point) => Date.parse(point.at)))];
  const first = times.length > 0 ? Math.min(...times) : now - 28 * day;
  const wished = months === null ? first : now - months * 30.4 * day;
  return { from: Math.min(Math.max(wished, months === null ? first : wished), now - 7 * day), to: now };
}

/** First of each month inside the span; in short spans every Monday. */
export function ticks_of(span: Span): number[] {
  const ticks: number[] = [];
  const at = new Date(span.from);
  at.setHours(0, 0, 0, 0);
  const by_week = span.to - span.from < 50 * day;
  const every = !by_week && span.to - span.from > 300 * day ? Math.ceil((span.to - span.from) / (300 * day)) + 1 : 1;
  if (by_week) at.setDate(at.getDate() + ((8 - at.getDay()) % 7));
  else at.setMonth(at.getMonth() + 1, 1);
  while (at.getTime() < span.to) {
    if (at.getTime() >= span.from) ticks.push(at.getTime());
    if (by_week) at.setDate(at.getDate() + 7);
    else at.setMonth(at.getMonth() + every);
  }
  return ticks;
}

/** Levels for the lines behind a total: both ends of its published range and tens between. */
export function levels_of([low, high]: [number, number]): number[] {
  const step = high - low > 40 ? 20 : high - low > 15 ? 10 : 5;
  const levels = [low];
  for (let level = Math.ceil((low + 1) / step) * step; level < high - step / 4; level += step) levels.push(level);
  return [...levels, high];
}

/** Splits what is ordered by time wherever one of the gaps lies between two points, or a week passes without one. */
export function runs_of<T extends { at: string }>(points: readonly T[], gaps: readonly { from: string; to: string }[], longest = 7 * day): T[][] {
  const runs: T[][] = [];
  let before: number | null = null;
  for (const point of points) {
    const at = Date.parse(point.at);
    const last: number | null = before;
    const broken = last === null || at - last > longest || gaps.some((gap) => Date.parse(gap.from) >= last && Date.parse(gap.to) <= at);
    if (broken) runs.push([point]);
    else runs[runs.length - 1]?.push(point);
    before = at;
  }
  return runs;
}

export interface Change {
  from: Totals["points"][number];
  to: Totals["points"][number];
  by: number;
  kind: "better" | "worse";
}

/**
 * The change from the first to the last total, if it is more than measurement alone explains:
 * the whisker is the uncertainty of one total, and two of them differ reliably from √2 times that.
 */
export function reliable_change(total: Totals, points: Totals["points"]): Change | null {
  const from = points[0];
  const to = points[points.length - 1];
  if (!from || !to || from === to) return null;
  const half = Math.max(...[from, to].flatMap((point) => [point.total - (point.low ?? point.total), (point.high ?? point.total) - point.total]));
  const by = Math.abs(to.total - from.total);
  if (half <= 0 || by < Math.ceil(half * Math.SQRT2)) return null;
  const up = to.total > from.total;
  return { from, to, by, kind: up === (total.better === "up") ? "better" : "worse" };
}

/** Where a total was to lie at an instant: straight between the weeks that the server gives; nothing outside of what is judged. */
export function expected_at(expected: Expected | null | undefined, at: number): { low: number | null; limit: number } | null {
  if (!expected || at < Date.parse(expected.judged_from) || at > Date.parse(expected.judged_to)) return null;
  const points = expected.points;
  for (let i = 1; i < points.length; i += 1) {
    const before = points[i - 1];
    const after = points[i];
    if (!before || !after) continue;
    const from = Date.parse(before.at);
    const to = Date.parse(after.at);
    if (at < from || at > to) continue;
    const part = (at - from) / (to - from);
    const between = (a: number, b: number) => a + part * (b - a);
    return { low: before.low == null || after.low == null ? null : between(before.low, after.low), limit: between(before.limit, after.limit) };
  }
  return null;
}

/** The change that the server judged, where both of its totals are in view; else what the whiskers alone can tell. */
export function told_change(total: Totals, points: Totals["points"], line: MeasuredOutcome | undefined): Change | null {
  if (!line) return reliable_change(total, points);
  const from = points.find((point) => point.at === line.baseline_at);
  const to = points.find((point) => point.at === line.current_at);
  if (line.reliable === "none" || !from || !to) return null;
  return { from, to, by: Math.abs(line.change), kind: line.reliable === "improved" ? "better" : "worse" };
}

/** "Sertraline 50 mg, by the p…": what fits beside a mark. */
export const short_words = (text: string, most = 22): string => (text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`);
