import type { Urgency } from "../nouns";

/** The bar at the start of a row or page; says nothing that the mark does not. */
export function UrgencyBar({ urgency }: { urgency: Urgency }) {
  return <span className={`urgency-bar ${urgency}`} aria-hidden="true" />;
}
