import type { RefObject } from "react";
import type { Alert, Colleague, OutcomeId } from "../nouns";
import { Choice } from "../parts/choice";
import { Field, Pick } from "../parts/field";
import { use_words } from "../words";
import { type Draft, outcome_of } from "./record";

interface Props {
  alert: Alert;
  draft: Draft;
  change(part: Partial<Draft>): void;
  colleagues: readonly Colleague[];
  place: RefObject<HTMLDivElement | null>;
}

/** What one did, in one of few outcomes and in own words. */
export function RecordForm({ alert, draft, change, colleagues, place }: Props) {
  const words = use_words();
  const outcome = outcome_of(alert, draft);
  return (
    <div ref={place} className="record-form">
      <h3>{words("record.title")}</h3>
      <div data-lack="outcome">
        <Choice look="apart" label={words("record.title")} value={draft.outcome} onChange={(next: OutcomeId) => change({ outcome: next })} options={alert.outcomes.map((one, i) => ({ id: one.id, text: one.text, hint: String(i + 1) }))} />
      </div>
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
        <Field label={words("record.words")} lines={2} value={draft.record} onChange={(record) => change({ record })} placeholder={words("record.example")} />
      </div>
    </div>
  );
}
