/* The six parts of a safety plan (Stanley and Brown), in the order in which they are read when it gets hard. */

import type { SafetyPlan } from "../../api/generated";

export type Part = keyof SafetyPlan["parts"];

export const parts: { id: Part; kind: "lines" | "places" | "people" }[] = [
  { id: "warning_signs", kind: "lines" },
  { id: "coping", kind: "lines" },
  { id: "distraction", kind: "places" },
  { id: "people", kind: "people" },
  { id: "professionals", kind: "people" },
  { id: "safer_place", kind: "lines" },
];

export const empty_plan: SafetyPlan = {
  version: 0,
  parts: { warning_signs: [], coping: [], distraction: [], people: [], professionals: [], safer_place: [] },
  shared_with_team: false,
  kept_on_device: false,
};

export function is_empty(plan: SafetyPlan): boolean {
  return parts.every((part) => (plan.parts[part.id] ?? []).length === 0);
}
