import { Button } from "../parts/button";
import { Field, Pick } from "../parts/field";
import { use_words } from "../words";
import { type Call_draft, empty_call, type Item_draft, type Kind } from "./draft";
import { LocalField } from "./local_field";

interface Props {
  /** what somebody close answers is no series of the person's */
  about_other: boolean;
  item: Item_draft;
  languages: readonly string[];
  onChange(item: Item_draft): void;
}

const kinds: readonly Kind[] = ["scale", "choice", "text"];
const urgencies = ["soon", "today", "now"] as const;
const categories = ["suicide", "self_harm", "harm_to_others", "abuse", "psychosis", "mania", "eating_disorder", "substance", "medical_emergency"] as const;

/** What one item asks, with the fields of its kind. */
export function ItemFields({ about_other, item, languages, onChange }: Props) {
  const words = use_words();
  const change = (part: Partial<Item_draft>) => onChange({ ...item, ...part });
  const change_call = (at: number, part: Partial<Call_draft>) => change({ calls: item.calls.map((call, i) => (i === at ? { ...call, ...part } : call)) });
  return (
    <>
      <div className="design-pair">
        <Pick label={words("own_check_ins.kind")} value={item.kind} onChange={(kind) => change({ kind: kind as Kind })} options={kinds.map((kind) => ({ id: kind, text: words(`own_check_ins.kind_${kind}`) }))} />
        <Field label={words("own_check_ins.id")} hint={words("own_check_ins.id_hint")} value={item.id} onChange={(id) => change({ id })} />
      </div>
      <LocalField what={words("own_check_ins.question")} languages={languages} value={item.question} onChange={(question) => change({ question })} />
      <LocalField what={words("own_check_ins.hint")} languages={languages} value={item.hint} onChange={(hint) => change({ hint })} />
      {item.kind === "scale" && (
        <>
          <div className="design-end">
            <Field label={words("own_check_ins.lowest")} inputMode="numeric" value={item.lowest} onChange={(lowest) => change({ lowest })} />
            <LocalField what={words("own_check_ins.at_lowest")} languages={languages} value={item.at_lowest} onChange={(at_lowest) => change({ at_lowest })} />
          </div>
          <div className="design-end">
            <Field label={words("own_check_ins.highest")} inputMode="numeric" value={item.highest} onChange={(highest) => change({ highest })} />
            <LocalField what={words("own_check_ins.at_highest")} languages={languages} value={item.at_highest} onChange={(at_highest) => change({ at_highest })} />
          </div>
          <div className="design-end">
            <Field label={words("own_check_ins.step")} inputMode="numeric" value={item.step} onChange={(step) => change({ step })} />
          </div>
          {!about_other && (
            <>
              <label>
                <input type="checkbox" checked={item.series} onChange={(event) => change({ series: event.target.checked })} /> {words("own_check_ins.series")}
              </label>
              <Pick
                label={words("own_check_ins.worse")}
                value={item.worse}
                onChange={(worse) => change({ worse: worse as Item_draft["worse"] })}
                none={words("own_check_ins.worse_none")}
                options={[
                  { id: "up", text: words("own_check_ins.worse_up") },
                  { id: "down", text: words("own_check_ins.worse_down") },
                ]}
              />
            </>
          )}
        </>
      )}
      {item.kind === "choice" && (
        <>
          <LocalField what={words("own_check_ins.options")} languages={languages} lines={4} value={item.options} onChange={(options) => change({ options })} />
          <label>
            <input type="checkbox" checked={item.several} onChange={(event) => change({ several: event.target.checked })} /> {words("own_check_ins.several")}
          </label>
        </>
      )}
      {item.kind !== "text" && (
        <fieldset className="stack design-calls">
          <legend>{words("own_check_ins.calls")}</legend>
          <p className="second">{words("own_check_ins.calls_what")}</p>
          {item.calls.map((call, at) => (
            <div className="design-call" key={at}>
              <Field label={words("own_check_ins.call_answers")} hint={words(item.kind === "scale" ? "own_check_ins.call_scale" : "own_check_ins.call_choice")} value={call.answers} onChange={(answers) => change_call(at, { answers })} />
              <Pick label={words("own_check_ins.call_urgency")} value={call.urgency} onChange={(urgency) => change_call(at, { urgency: urgency as Call_draft["urgency"] })} options={urgencies.map((id) => ({ id, text: words(`own_check_ins.call_${id}`) }))} />
              <Pick label={words("own_check_ins.call_category")} value={call.category} onChange={(category) => change_call(at, { category })} options={categories.map((id) => ({ id, text: words(`category.${id}`) }))} />
              <Button size="s" look="quiet" onPress={() => change({ calls: item.calls.filter((_, i) => i !== at) })}>
                {words("own_check_ins.call_remove")}
              </Button>
            </div>
          ))}
          {item.calls.length < 3 && (
            <Button size="s" onPress={() => change({ calls: [...item.calls, empty_call()] })}>
              {words("own_check_ins.call_add")}
            </Button>
          )}
          <label>
            <input type="checkbox" checked={item.no_danger} onChange={(event) => change({ no_danger: event.target.checked })} /> {words("own_check_ins.no_danger")}
          </label>
        </fieldset>
      )}
      {item.kind === "text" && <Field label={words("own_check_ins.longest")} inputMode="numeric" value={item.longest} onChange={(longest) => change({ longest })} />}
    </>
  );
}
