import { useState } from "react";
import type { Account, Alert, AlertStep } from "../nouns";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { use_tell } from "../parts/toast";
import { use_take_back, use_words_after } from "../server";
import { use_now, use_when } from "../when";
import { use_words } from "../words";
import { closed_by } from "./record";

const shown = ["did", "asked", "words_after", "taken_back", "closed"];
const is_record = (step: AlertStep) => shown.includes(step.kind) || ["outcome", "second", "undone"].some((kind) => step.kind.startsWith(kind));

/** What was recorded, for those who only read; whoever closed it adds words here, or says that it was a slip. */
export function Records({ alert, me }: { alert: Alert; me: Account }) {
  const words = use_words();
  const when = use_when();
  const { tell } = use_tell();
  use_now(30_000);
  const [text, set_text] = useState("");
  const after = use_words_after();
  const take_back = use_take_back();
  const mine = closed_by(alert, me);
  const failed = { onError: (problem: { detail: string; no_network: boolean }) => tell(problem.no_network ? words("staff.no_answer_detail") : problem.detail || words("staff.not_done")) };
  const add = () => after.mutate({ alert: alert.id, text: text.trim(), by: me.display_name }, { ...failed, onSuccess: () => set_text("") });
  const records = alert.path.filter(is_record);
  return (
    <>
      <h3>{words("record.recorded")}</h3>
      {records.length === 0 && <p className="second">{words("record.none_yet")}</p>}
      <ul className="plain-list">
        {records.map((step) => (
          <li key={step.at + step.kind}>
            <span className="faint">{when.day_and_time(step.at)}</span> {step.kind === "words_after" ? `${step.by ?? ""}:` : step.text}
            {step.words && <span className="their-words record-words">{step.words}</span>}
            {step.answers && <Asked answers={step.answers} />}
          </li>
        ))}
      </ul>
      {mine.slip && (
        <p className="slip">
          <Button onPress={() => take_back.mutate(alert.id, { ...failed, onSuccess: () => tell(words("record.taken_back")) })} isDisabled={take_back.isPending}>
            {words("record.take_back")}
          </Button>
          <span className="second small">{words("record.take_back_until", { at: when.time(alert.take_back_until ?? "") })}</span>
        </p>
      )}
      {mine.words && (
        <div className="words-after">
          <Field label={words("record.words_after")} lines={2} value={text} onChange={set_text} />
          <Button onPress={add} isDisabled={after.isPending || text.trim() === ""}>
            {words("record.add_words")}
          </Button>
        </div>
      )}
    </>
  );
}

/** The form that was asked, as it stood on that day. */
export function Asked({ answers }: { answers: NonNullable<AlertStep["answers"]> }) {
  const words = use_words();
  return (
    <ul className="asked">
      {answers.map((one) => (
        <li key={one.question}>
          {one.text} <strong>{words(`steps.${one.answer}`)}</strong>
        </li>
      ))}
    </ul>
  );
}
