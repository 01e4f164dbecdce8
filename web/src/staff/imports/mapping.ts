/* The mapping as the table on the page holds it: what each column of the file becomes. */

import type { Mapping, Preview } from "./desk";

export type Column = Mapping["columns"][number];
export const left_out = "";
export const when = "when";
export const whose = "person";

/** What a column may become, of that kind of file. */
export function choices_of(kind: Mapping["kind"], measures: Preview["measures"]): string[] {
  return kind === "daily" ? [when, whose, ...measures.map((measure) => measure.id)] : [when, "mood", "sleep_hours", "note"];
}

export function becomes(mapping: Mapping, column: string): string {
  if (mapping.when === column) return when;
  if (mapping.person === column) return whose;
  return mapping.columns.find((one) => one.column === column)?.becomes ?? left_out;
}

/** The same mapping with one column read otherwise. Only one column says when, and one whose it is. */
export function changed(mapping: Mapping, column: string, to: string): Mapping {
  const next: Mapping = { ...mapping, when: mapping.when === column ? "" : mapping.when, columns: mapping.columns.filter((one) => one.column !== column) };
  if (mapping.person === column) delete next.person;
  if (to === when) return { ...next, when: column };
  if (to === whose) return { ...next, person: column };
  if (to === left_out) return next;
  const fresh: Column = to === "mood" ? { column, becomes: to, lowest: 1, highest: 5, better: "up" } : mapping.kind === "daily" ? { column, becomes: to, times: 1 } : { column, becomes: to };
  // Mood may be the mean of several columns; of everything else there is one.
  return { ...next, columns: [...next.columns.filter((one) => to === "mood" || one.becomes !== to), fresh] };
}

/** The same mapping with a part of one column changed: a scale or a factor. */
export function adjusted(mapping: Mapping, column: string, part: Partial<Column>): Mapping {
  return { ...mapping, columns: mapping.columns.map((one) => (one.column === column ? { ...one, ...part } : one)) };
}
