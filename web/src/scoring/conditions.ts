import type { Bound, Condition, ContextValue } from "./instrument";

/** What conditions look at. Items by id. */
export interface Known {
  values: ReadonlyMap<string, number>;
  scores: ReadonlyMap<string, number>;
  context: Readonly<Record<string, ContextValue>>;
  refused: ReadonlySet<string>;
}

export function meets(bound: Bound, number: number): boolean {
  if (bound.op === "between") {
    const [low, high] = bound.value as [number, number];
    return number >= low && number <= high;
  }
  const value = bound.value as number;
  switch (bound.op) {
    case ">=": return number >= value;
    case "<=": return number <= value;
    case "==": return number === value;
    case ">": return number > value;
    case "<": return number < value;
  }
}

const two: Bound = { op: ">=", value: 2 };
const one: Bound = { op: ">=", value: 1 };

function count(items: readonly string[], bound: Bound, known: Known): number {
  return items.filter((id) => {
    const value = known.values.get(id);
    return value !== undefined && meets(bound, value);
  }).length;
}

function sum_meets(items: readonly string[], bound: Bound, known: Known): boolean {
  let sum = 0;
  for (const id of items) {
    const value = known.values.get(id);
    if (value === undefined) return false;
    sum += value;
  }
  return meets(bound, sum);
}

export function holds(condition: Condition, known: Known): boolean {
  if ("always" in condition) return true;
  if ("all" in condition) return condition.all.every((part) => holds(part, known));
  if ("any" in condition) return condition.any.some((part) => holds(part, known));
  if ("item" in condition) return sum_meets([condition.item], condition, known);
  if ("score" in condition) {
    const score = known.scores.get(condition.score);
    return score !== undefined && meets(condition, score);
  }
  if ("count" in condition) return meets(condition, count(condition.count.items, condition.count, known));
  if ("symptom_count" in condition)
    return meets(condition, count(condition.symptom_count.items_ge2, two, known) + count(condition.symptom_count.items_ge1, one, known));
  if ("sum" in condition) return sum_meets(condition.sum, condition, known);
  if ("missing" in condition) return condition.missing.some((id) => !known.values.has(id));
  if ("refused_any" in condition) return condition.refused_any.some((id) => known.refused.has(id));
  const value = known.context[condition.context];
  if ("eq" in condition) return value !== undefined && value === condition.eq;
  return value === undefined || !condition.not_in.includes(value);
}
