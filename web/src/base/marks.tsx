/* A human, the AI, and how soon a human is needed. */

import type { Urgency } from "../api/generated";
import { use_text } from "./text";

export function initials_of(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return ((words[0]?.[0] ?? "") + (last?.[0] ?? "")).toUpperCase();
}

/** A lit ring with initials; dashed when nobody has it yet. */
export function Human_mark({ name, nobody = false, small = false }: { name?: string; nobody?: boolean; small?: boolean }) {
  return <span className={`mark${nobody ? " nobody" : ""}${small ? " small" : ""}`} aria-hidden="true">{name ? initials_of(name) : ""}</span>;
}

export function Ai_mark({ small = false }: { small?: boolean }) {
  return <span className={`mark ai${small ? " small" : ""}`} aria-hidden="true" />;
}

export type { Urgency };
const steps: Record<Urgency, number> = { now: 4, today: 3, soon: 2, usual: 1, unknown: 0 };

/** Stairs and the word. Staff pages only. */
export function Urgency_mark({ urgency }: { urgency: Urgency }) {
  const t = use_text();
  const filled = steps[urgency];
  return (
    <span className={`urgency ${urgency}`}>
      <svg width="16" height="14" viewBox="0 0 16 14" aria-hidden="true" focusable="false">
        {urgency === "unknown" ? (
          <>
            <rect x="1" y="0.75" width="14" height="12.5" rx="2" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.5 2" />
            <text x="8" y="10.5" textAnchor="middle" fontSize="10" fontWeight="700" fill="currentColor">?</text>
          </>
        ) : (
          [0, 1, 2, 3].map((index) => (
            <rect key={index} x={index * 4 + 0.5} y={10 - index * 3} width="3" height={4 + index * 3 - 0.5} rx="0.75"
              fill={index < filled ? "currentColor" : "none"} stroke="currentColor" strokeWidth="1" strokeOpacity={index < filled ? 1 : 0.55} />
          ))
        )}
      </svg>
      {t(`urgency.${urgency}`)}
    </span>
  );
}
