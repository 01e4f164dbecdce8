import { useIntl } from "react-intl";
import { useState } from "react";
import { name_of_day, weekdays } from "../../base/week";
import type { AskSchedule } from "../../api/generated";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { Field, Pick } from "../parts/field";
import { Sheet } from "../parts/sheet";
import { use_designs } from "../check_ins/desk";
import { use_forms } from "../server";
import { use_words } from "../words";
import { type Draft, type DraftTime, type Kind, lacking, new_time, type Unit } from "./asking_plan";

interface Props {
  first: string;
  /** null: closed; `of` null: something new */
  writing: { draft: Draft; of: AskSchedule | null } | null;
  own_zone: string | undefined;
  problem: string | null;
  busy: boolean;
  say(problem: string | null): void;
  save(draft: Draft): void;
  close(): void;
}

const most_times = 12;
const rhythms = [1, 2, 3, 4, 5, 7, 10, 14, 21, 28];

export function AskingSheet({ first, writing, own_zone, problem, busy, say, save, close }: Props) {
  const words = use_words();
  return (
    <Sheet title={words(writing?.of ? "asking.change_title" : "asking.add_title", { name: first })} open={writing !== null} close={close}>
      {writing && <Form before={writing.draft} changes={writing.of !== null} own_zone={own_zone} problem={problem} busy={busy} say={say} save={save} />}
    </Sheet>
  );
}

type FormProps = Omit<Props, "first" | "writing" | "close"> & { before: Draft; changes: boolean };

function Form({ before, changes, own_zone, problem, busy, say, save }: FormProps) {
  const words = use_words();
  const forms = use_forms();
  const designs = use_designs();
  const [draft, set_draft] = useState(before);
  const put = (change: Partial<Draft>) => set_draft((now) => ({ ...now, ...change }));
  const put_time = (at: number, change: Partial<DraftTime>) => put({ times: draft.times.map((one, i) => (i === at ? { ...one, ...change } : one)) });
  const submit = () => {
    const lacks = lacking(draft);
    say(lacks && words(lacks));
    if (!lacks) save(draft);
  };
  const offered = (forms.data?.items ?? []).filter((one) => one.available || one.id === draft.form);
  const own = (designs.data?.items ?? []).filter((one) => one.newest && one.asks !== "informant" && (!one.retired_at || one.form === draft.form));
  const known = draft.form === "daily" || offered.some((one) => one.id === draft.form) || own.some((one) => one.form === draft.form);
  return (
    <form
      className="stack asking-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <Pick label={words("asking.what")} value={draft.form} onChange={(form) => put({ form })} options={[{ id: "daily", text: words("asking.daily") }, ...offered.map((one) => ({ id: one.id, text: `${one.id.toUpperCase()}: ${one.title}` })), ...own.map((one) => ({ id: one.form, text: one.title[one.languages[0] ?? ""] ?? one.form })), ...(known ? [] : [{ id: draft.form, text: draft.form.toUpperCase() }])]} />
      <Choice
        label={words("asking.when")}
        label_shown
        value={draft.kind}
        onChange={(kind: Kind) => put({ kind })}
        options={[
          { id: "times", text: words("asking.kind_times") },
          { id: "window", text: words("asking.kind_window") },
          { id: "once", text: words("asking.kind_once") },
        ]}
      />
      <p className="second small">{words(draft.kind === "times" ? "asking.times_means" : draft.kind === "window" ? "asking.window_means" : "asking.once_means")}</p>
      {draft.kind === "once" ? (
        <Once draft={draft} put={put} />
      ) : (
        <>
          {draft.times.map((time, i) => (
            <Time key={i} n={i + 1} time={time} window={draft.kind === "window"} put={(change) => put_time(i, change)} remove={draft.times.length > 1 ? () => put({ times: draft.times.filter((_, at) => at !== i) }) : undefined} />
          ))}
          <p className="row-deeds">
            <Button size="s" look="edge" isDisabled={draft.times.length >= most_times} onPress={() => put({ times: [...draft.times, { ...new_time, from: "17:00", to: "20:00" }] })}>
              {words("asking.another_time")}
            </Button>
          </p>
          {draft.kind === "window" && (draft.times.length > 1 || draft.gap !== "0") && <Field label={words("asking.gap")} hint={words("asking.gap_hint")} type="number" inputMode="numeric" min={0} max={720} value={draft.gap} onChange={(gap) => put({ gap })} />}
          <div className="form-row">
            <Rhythm label={words("asking.usual_every")} value={draft.usual} most={14} onChange={(usual) => put({ usual, least: String(Math.max(Number(usual), Number(draft.least))) })} />
            <Rhythm label={words("asking.at_least_every")} value={draft.least} most={28} least={Number(draft.usual)} onChange={(least) => put({ least })} />
          </div>
          <p className="second small">{words("asking.burden_means")}</p>
        </>
      )}
      <Field label={words("asking.zone")} hint={own_zone ? words("asking.zone_own", { zone: own_zone }) : words("asking.zone_hint")} list="asking-zones" autoComplete="off" spellCheck={false} value={draft.zone} onChange={(zone) => put({ zone })} />
      <datalist id="asking-zones">
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <label>
        <input type="checkbox" checked={draft.sensitive} onChange={(event) => put({ sensitive: event.target.checked })} /> {words("asking.sensitive")}
      </label>
      <p className="second small">{words("asking.sensitive_means")}</p>
      <Button look="primary" type="submit" isDisabled={busy}>
        {words(changes ? "asking.save_change" : "asking.save")}
      </Button>
    </form>
  );
}

function Rhythm({ label, value, most, least = 1, onChange }: { label: string; value: string; most: number; least?: number; onChange(value: string): void }) {
  const words = use_words();
  const all = [...new Set([...rhythms, Number(value)])].filter((n) => n >= least && n <= most).sort((a, b) => a - b);
  return <Pick label={label} value={value} onChange={onChange} options={all.map((n) => ({ id: String(n), text: words("asking.every", { n }) }))} />;
}

interface TimeProps {
  n: number;
  time: DraftTime;
  window: boolean;
  put(change: Partial<DraftTime>): void;
  remove: (() => void) | undefined;
}

function Time({ n, time, window, put, remove }: TimeProps) {
  const words = use_words();
  const intl = useIntl();
  return (
    <fieldset className="ask-time">
      <legend>{words("asking.time_n", { n })}</legend>
      <div className="day-ticks">
        {weekdays.map((day, i) => (
          <label key={day}>
            <input type="checkbox" aria-label={name_of_day(intl, i, "long")} checked={time.days.includes(day)} onChange={(event) => put({ days: weekdays.filter((one) => (one === day ? event.target.checked : time.days.includes(one))) })} />
            <span aria-hidden="true">{name_of_day(intl, i)}</span>
          </label>
        ))}
      </div>
      <div className="form-row">
        <Field label={words(window ? "asking.from" : "asking.at_time")} type="time" value={time.from} onChange={(from) => put({ from })} />
        {window && <Field label={words("asking.to")} type="time" value={time.to} onChange={(to) => put({ to })} />}
        {remove && (
          <Button size="s" look="quiet" onPress={remove}>
            {words("asking.remove_time")} <span className="unseen">{words("asking.time_n", { n })}</span>
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function Once({ draft, put }: { draft: Draft; put(change: Partial<Draft>): void }) {
  const words = use_words();
  return (
    <>
      <div className="form-row">
        <Field label={words("asking.event_day")} type="date" value={draft.day} onChange={(day) => put({ day })} />
        <Field label={words("asking.event_time")} type="time" value={draft.time} onChange={(time) => put({ time })} />
      </div>
      <div className="form-row">
        <Field label={words("asking.amount")} type="number" inputMode="numeric" min={0} value={draft.amount} onChange={(amount) => put({ amount })} />
        <Pick label={words("asking.unit")} value={draft.unit} onChange={(unit) => put({ unit: unit as Unit })} options={(["minutes", "hours", "days"] as const).map((id) => ({ id, text: words(`asking.unit_${id}`) }))} />
        <Pick label={words("asking.side")} value={draft.side} onChange={(side) => put({ side: side === "after" ? "after" : "before" })} options={(["before", "after"] as const).map((id) => ({ id, text: words(`asking.side_${id}`) }))} />
      </div>
    </>
  );
}
