import { useState } from "react";
import type { CheckInDesign } from "../../api/generated";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { Field } from "../parts/field";
import { use_tell } from "../parts/toast";
import { use_words } from "../words";
import { use_save_design } from "./desk";
import { body_of, type Draft, empty_item, type Item_draft, languages_in } from "./draft";
import { ItemFields } from "./item_fields";
import { LocalField } from "./local_field";

interface Props {
  before: Draft;
  /** what is being changed; none: a new one */
  from: CheckInDesign | undefined;
  done(): void;
}

/** One check-in as a form. The server says what is wrong, item by item, and what would be right. */
export function Editor({ before, from, done }: Props) {
  const words = use_words();
  const save = use_save_design();
  const { tell } = use_tell();
  const [draft, set_draft] = useState(before);
  const [problems, set_problems] = useState<readonly string[]>([]);
  const change = (part: Partial<Draft>) => set_draft((all) => ({ ...all, ...part }));
  const change_item = (at: number, item: Item_draft) => change({ items: draft.items.map((one, i) => (i === at ? item : one)) });
  const languages = languages_in(draft.languages);
  return (
    <form
      className="stack design-form"
      aria-label={words(from ? "own_check_ins.change" : "own_check_ins.new")}
      onSubmit={(event) => {
        event.preventDefault();
        set_problems([]);
        save.mutate(
          { body: body_of(draft), from },
          {
            onSuccess: (made) => {
              tell(words("own_check_ins.saved", { version: made.version }));
              done();
            },
            onError: (told) => set_problems(told.no_network ? [words("staff.no_answer_detail")] : told.errors.length > 0 ? told.errors.map((one) => one.detail) : [told.detail || words("staff.not_done")]),
          },
        );
      }}
    >
      {problems.length > 0 && (
        <div className="form-problem" role="alert">
          <ul>
            {problems.map((problem, i) => (
              <li key={i}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {from && <p className="second">{words("own_check_ins.change_lead")}</p>}
      <Choice label={words("own_check_ins.asks")} label_shown value={draft.asks} onChange={(asks) => change({ asks })} isDisabled={from !== undefined} options={(["person", "informant"] as const).map((id) => ({ id, text: words(`own_check_ins.asks_${id}`) }))} />
      <p className="second small">{words("own_check_ins.asks_hint")}</p>
      <Field label={words("own_check_ins.languages")} hint={words("own_check_ins.languages_hint")} value={draft.languages} onChange={(text) => change({ languages: text })} />
      <LocalField what={words("own_check_ins.title")} languages={languages} value={draft.title} onChange={(title) => change({ title })} />
      <LocalField what={words("own_check_ins.about")} languages={languages} value={draft.about} onChange={(about) => change({ about })} />
      <Field label={words("own_check_ins.purpose")} hint={words("own_check_ins.purpose_hint")} lines={2} value={draft.purpose} onChange={(purpose) => change({ purpose })} />
      {draft.asks === "person" && (
        <>
          <label>
            <input type="checkbox" checked={draft.sensitive} onChange={(event) => change({ sensitive: event.target.checked })} /> {words("own_check_ins.sensitive")}
          </label>
          <p className="second small">{words("own_check_ins.sensitive_hint")}</p>
        </>
      )}
      {draft.items.map((item, at) => (
        <fieldset key={at} className="reply-fields design-item">
          <legend>{words("own_check_ins.item", { n: at + 1 })}</legend>
          <ItemFields about_other={draft.asks === "informant"} item={item} languages={languages} onChange={(next) => change_item(at, next)} />
          <Button size="s" look="quiet" onPress={() => change({ items: draft.items.filter((_, i) => i !== at) })}>
            {words("own_check_ins.remove", { n: at + 1 })}
          </Button>
        </fieldset>
      ))}
      <div className="row-between">
        <Button onPress={() => change({ items: [...draft.items, empty_item()] })} isDisabled={draft.items.length >= 12}>
          {words("own_check_ins.add")}
        </Button>
        <Button look="quiet" onPress={done}>
          {words("own_check_ins.leave")}
        </Button>
        <Button type="submit" look="primary" isDisabled={save.isPending}>
          {words("own_check_ins.save")}
        </Button>
      </div>
    </form>
  );
}
