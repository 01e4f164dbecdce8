import type { Account, Role } from "../nouns";

export type Area = "caseload" | "live" | "people" | "findings" | "service" | "rota" | "check_ins" | "imports" | "administration";

/* Clinicians read the people of their teams. A lead also answers alerts that are routed upward. Administrators see no content. */
const areas: Partial<Record<Role, readonly Area[]>> = {
  clinician: ["caseload", "live", "people", "findings", "rota", "check_ins"],
  lead: ["caseload", "live", "people", "findings", "service", "rota", "check_ins", "imports"],
  administrator: ["administration"],
};

export const areas_of = (me: Account): readonly Area[] => areas[me.role] ?? [];

export const may = (me: Account, area: Area): boolean => areas_of(me).includes(area);
