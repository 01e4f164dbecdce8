import { useRef, useState } from "react";
import type { Block, Questionnaire as Form } from "../../api/generated";
import { Button } from "../../base/button";
import { new_id, post } from "../../base/client";
import { lines_of } from "../../base/device";
import { use_text } from "../../base/text";
import { Choices } from "../parts";
import { Blocks } from "../talk/blocks";
import { asked } from "./asked";

/** A few more questions beside the fixed words: offered, never needed. What says that it is worse is sent at once. */
export function Further({ form, answering, over }: { form: Form; answering(on: boolean): void; over(): void }) {
  const t = use_text();
  const key = useRef(new_id());
  const [at, set_at] = useState<number | null>(null);
  const [answers, set_answers] = useState<Record<string, number | null>>({});
  const [blocks, set_blocks] = useState<readonly Block[]>([]);
  const [wrong, set_wrong] = useState("");
  const [busy, set_busy] = useState(false);
  const [thanked, set_thanked] = useState(false);

  if (thanked) return <p role="status">{t("questions.further_thanks")}</p>;
  if (at === null)
    return (
      <div className="further">
        <p>{t("questions.further")}</p>
        <div className="row">
          <Button kind="secondary" onClick={() => (answering(true), set_at(0))}>{t("questions.further_yes")}</Button>
          <button type="button" className="link" onClick={over}>{t("questions.further_no")}</button>
        </div>
      </div>
    );
  const item = asked(form, answers)[at];
  if (!item) return null;
  const send = (given: Record<string, number | null>, partial: boolean) => {
    const refused = partial ? [] : asked(form, given).filter((one) => typeof given[one.id] !== "number").map((one) => one.id);
    return post("/questionnaires/{questionnaire}/answers", { path: { questionnaire: form.id }, query: lines_of(), body: { version: form.version, language: form.language, answers: given, refused, partial }, key: partial ? `${key.current}-${item.id}` : key.current });
  };
  const go_on = async (value: number | null | undefined) => {
    if (value === undefined) return set_wrong(t("questions.choose"));
    set_wrong("");
    set_busy(true);
    const given = { ...answers, [item.id]: value };
    try {
      const last = at >= asked(form, given).length - 1;
      const said = last ? await send(given, false) : value ? await send({ [item.id]: value }, true) : undefined;
      if (said?.blocks?.length) set_blocks(said.blocks);
      set_answers(given);
      if (last) {
        answering(false);
        set_thanked(true);
      } else set_at(at + 1);
    } catch {
      set_wrong(t("questions.not_saved"));
    } finally {
      set_busy(false);
    }
  };
  const stop = () => {
    answering(false);
    over();
  };
  const value = answers[item.id];
  return (
    <div className="further">
      {blocks.length > 0 && <Blocks of={blocks.filter((block) => block.kind !== "question")} />}
      <p className="second small">{t("questions.count", { n: at + 1, of: asked(form, answers).length })}</p>
      <div lang={form.language}>
        {form.stem && <p className="second stem">{form.stem}</p>}
        <h3>{item.text}</h3>
      </div>
      {wrong && <p className="refused" role="alert">{wrong}</p>}
      <Choices key={item.id} legend={item.text} quiet_legend value={typeof value === "number" ? String(value) : null}
        onChange={(chosen) => (set_wrong(""), set_answers({ ...answers, [item.id]: Number(chosen) }))}
        of={item.options.map((option) => ({ value: String(option.value), text: option.text, lang: form.language }))} />
      <div className="row apart">
        <Button kind="secondary" busy={busy} onClick={() => void go_on(value)}>{t("questions.continue")}</Button>
        <button type="button" className="link" onClick={() => void go_on(null)}>{t("questions.rather_not")}</button>
        <button type="button" className="link" onClick={stop}>{t("questions.further_no")}</button>
      </div>
      {form.attribution && <p className="second small attribution" lang="en">{form.attribution}</p>}
    </div>
  );
}
