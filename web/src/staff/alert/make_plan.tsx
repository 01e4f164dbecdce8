import { useState } from "react";
import type { PlanSuggestion } from "../../api/generated";
import { Button } from "../parts/button";
import { Sheet } from "../parts/sheet";
import { type WordId, use_words } from "../words";

const parts: readonly PlanSuggestion["part"][] = ["warning_signs", "coping", "distraction", "people", "professionals", "safer_place"];

/** A plan that is made together: its parts in order, with what the person said or has. Nothing is written from here: they write it
 * on their own page, in their own words. */
export function MakePlan({ suggestions, name }: { suggestions: readonly PlanSuggestion[]; name: string }) {
  const words = use_words();
  const [open, set_open] = useState(false);
  return (
    <>
      <Button size="s" onPress={() => set_open(true)}>
        {words("make_plan.open")}
      </Button>
      <Sheet title={words("make_plan.title", { name })} open={open} close={() => set_open(false)}>
        <p className="second">{words("make_plan.how", { name })}</p>
        <ol className="plan">
          {parts.map((part) => {
            const said = suggestions.filter((one) => one.part === part);
            return (
              <li key={part}>
                <strong>{words(`plan.${part}` as WordId)}</strong>
                {said.length === 0 && <p className="faint">{words("make_plan.ask")}</p>}
                {said.map((one) => (
                  <p key={one.from + one.text}>
                    <span className="their-words" dir="auto">{one.text}</span>
                    {one.phone && <bdi className="number"> {one.phone}</bdi>} <span className="second small">{words(`make_plan.from_${one.from}`)}</span>
                  </p>
                ))}
              </li>
            );
          })}
        </ol>
      </Sheet>
    </>
  );
}
