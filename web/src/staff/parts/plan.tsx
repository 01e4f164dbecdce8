import type { PlanParts } from "../nouns";
import { type WordId, use_words } from "../words";

const parts: readonly (keyof PlanParts)[] = ["warning_signs", "coping", "distraction", "people", "professionals", "safer_place"];

/** The safety plan in the person's words, in its published order. */
export function Plan({ plan }: { plan: PlanParts }) {
  const words = use_words();
  return (
    <ol className="plan">
      {parts.map((part) => {
        const entries = plan[part] ?? [];
        return (
          <li key={part}>
            <strong>{words(`plan.${part}` as WordId)}</strong>
            {entries.length === 0 && <p className="faint">{words("plan.nothing")}</p>}
            {entries.map((entry, i) => (
              <p key={i} dir="auto">
                {typeof entry === "string" ? entry : "name" in entry ? entry.name : entry.text}
                {typeof entry !== "string" && entry.phone && <bdi className="number"> {entry.phone}</bdi>}
              </p>
            ))}
          </li>
        );
      })}
    </ol>
  );
}
