/* What stands where in the caseload. Nothing moves under a cursor: rows change place only when somebody asks, except for now. */

import { type Caseload, type Row, type Urgency, urgencies } from "../nouns";

export interface Shown {
  rows: Row[];
  /** how many are new or more urgent, and wait above the list */
  waiting: number;
  /** how many went down or left; they wait too, but call nobody */
  settled: number;
}

const weight = (urgency: Urgency): number => urgencies.indexOf(urgency);

export const rows_of = (caseload: Caseload): Row[] => caseload.groups.flatMap((group) => group.people);

/** Order: now, today, unknown, soon, usual; inside each as the server sent it. */
export function in_order(rows: readonly Row[]): Row[] {
  return urgencies.flatMap((urgency) => rows.filter((row) => row.urgency === urgency));
}

export interface Group {
  urgency: Urgency;
  people: Row[];
}

/** The groups that hold somebody, in the order of need; with a name to look for, only those it is part of. */
export function groups_of(rows: readonly Row[], wanted: string): Group[] {
  const found = wanted === "" ? rows : rows.filter((row) => row.name.toLocaleLowerCase("en").includes(wanted));
  return urgencies.map((urgency) => ({ urgency, people: found.filter((row) => row.urgency === urgency) })).filter((group) => group.people.length > 0);
}

/**
 * What to show when `incoming` arrives while `shown` is on the page.
 * A row whose urgency stayed keeps its place and gets its new words. A row that became now, or is new and now, moves at once.
 * Every other change of place waits and is counted.
 */
export function settle(shown: readonly Row[] | null, incoming: readonly Row[]): Shown {
  if (!shown) return { rows: in_order(incoming), waiting: 0, settled: 0 };
  const next = new Map(incoming.map((row) => [row.person, row]));
  const known = new Set(shown.map((row) => row.person));
  let waiting = 0;
  let settled = 0;
  const kept: Row[] = [];
  const urgent: Row[] = [];
  for (const row of shown) {
    const now = next.get(row.person);
    if (!now) {
      settled += 1;
      kept.push(row);
    } else if (now.urgency === row.urgency) kept.push(now);
    else if (now.urgency === "now") urgent.push(now);
    else {
      if (weight(now.urgency) < weight(row.urgency)) waiting += 1;
      else settled += 1;
      kept.push({ ...now, urgency: row.urgency, reason: row.reason, new: row.new, alert: row.alert });
    }
  }
  for (const row of incoming) {
    if (known.has(row.person)) continue;
    if (row.urgency === "now") urgent.push(row);
    else waiting += row.urgency === "usual" ? 0 : 1;
  }
  return { rows: in_order([...urgent, ...kept]), waiting, settled };
}
