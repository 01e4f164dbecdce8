import type { RefObject } from "react";
import type { Alert, Colleague, OutcomeId } from "../nouns";
import { Button } from "../parts/button";
import { Field, Pick } from "../parts/field";
import { use_words } from "../words";
import { type Draft, one_tap, outcome_of } from "./record";

interface Props {
  alert: Alert;
  draft: Draft;
  change(part: Partial<Draft>): void;
  keep(outcome: OutcomeId): void;
  can_keep: boolean;
  colleagues: readonly Colleague[];
  place: RefObject<HTMLDivElement | null>;
}

/** What one did. One tap keeps it, where nothing else has to be known; words may be written before or follow. */
export function RecordForm({ alert, draft, change, keep, can_keep, colleagues, place }: Props) {
  const words = use_words();
  const outcome = outcome_of(alert, draft);
  return (
    <div ref={place} className="record-form">
      <h3 id="record-title">{words("record.title")}</h3>
      <div data-lack="outcome" className="record-outcomes" role="group" aria-labelledby="record-title">
        {alert.outcomes.map((one, i) => (
          <Button key={one.id} hint={String(i + 1)} data-outcome={one.id} look={one.id === draft.outcome ? "primary" : "secondary"} aria-expanded={one_tap(one) ? undefined : one.id === draft.outcome} isDisabled={one_tap(one) && !can_keep} onPress={() => (one_tap(one) ? keep(one.id) : change({ outcome: one.id }))}>
            {one.text}
          </Button>
        ))}
      </div>
      {outcome && !one_tap(outcome) && outcome.why && <p className="second small">{outcome.why}</p>}
      {outcome?.needs.includes("colleague") && (
        <div data-lack="colleague">
          <Pick label={words("record.colleague")} none={words("record.choose")} value={draft.colleague} onChange={(colleague) => change({ colleague })} options={colleagues.map((one) => ({ id: one.id, text: `${one.name}, ${words(`role.${one.role}`)}` }))} />
        </div>
      )}
      {outcome?.needs.includes("reason") && (
        <div data-lack="reason">
          <Field label={words("record.reason")} hint={outcome.needs.includes("second_person") ? words("record.reason_second") : undefined} value={draft.reason} onChange={(reason) => change({ reason })} />
        </div>
      )}
      <div data-lack="record">
        <Field label={words(outcome?.needs.includes("words") ? "record.words" : "record.words_if")} lines={2} value={draft.record} onChange={(record) => change({ record })} placeholder={words("record.example")} />
      </div>
    </div>
  );
}
