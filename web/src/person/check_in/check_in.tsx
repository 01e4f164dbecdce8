import { useEffect, useState, type FormEvent } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Checkbox, CheckboxGroup, Label, Radio, RadioGroup } from "react-aria-components";
import { Check } from "lucide-react";
import type { Block, CheckInForm, CheckInGroup, CheckInSaved } from "../../api/generated";
import { Button, Link_button } from "../../base/button";
import { get, new_id } from "../../base/client";
import { keep, kept } from "../../base/device";
import { Icon } from "../../base/icon";
import { use_not_kept } from "../../base/keeping";
import { as_problem } from "../../base/problem";
import { Failed, Loading, use_offline } from "../../base/states";
import { use_text } from "../../base/text";
import { href } from "../router";
import { Shell } from "../shell/shell";
import { Blocks } from "../talk/blocks";
import { allow_keeping, may_keep, send_check_in, send_waiting_check_ins, use_waiting, type Check_in_answers, type Waiting_check_in } from "./waiting";
import "../talk/talk.css";
import "./check_in.css";

type Done = { state: "saved"; saved: CheckInSaved } | { state: "waiting"; one: Waiting_check_in; blocks: readonly Block[] };

const kept_form = "/kept/check-in-form";

/** The questions; with no network the copy kept here, if the person lets check-ins wait on this device. */
async function load_form(form: string, signal: AbortSignal): Promise<CheckInForm> {
  const place = `${kept_form}${form}.json`;
  try {
    const found = await get("/check-in/form", { query: { form }, signal });
    if (may_keep()) void keep(place, found);
    return found;
  } catch (error) {
    const copy = as_problem(error).may_pass ? await kept<CheckInForm>(place) : null;
    if (copy) return copy;
    throw error;
  }
}

/** The daily one, or, by its name, one that the service designed. */
export default function Check_in({ form: name = "" }: { form?: string }) {
  const t = use_text();
  const queries = useQueryClient();
  const form = useQuery({ queryKey: ["check-in-form", name], queryFn: ({ signal }) => load_form(name, signal), staleTime: 3_600_000 });
  const [answers, set_answers] = useState<Check_in_answers>({});
  const [done, set_done] = useState<Done>();
  const [busy, set_busy] = useState(false);
  const [refused, set_refused] = useState("");
  // One name for this check-in, so that trying again never saves it twice.
  const [client_id] = useState(new_id);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!form.data || busy) return;
    const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== "" && !(Array.isArray(value) && value.length === 0)));
    if (Object.keys(given).length === 0) {
      set_refused(t("check_in.nothing"));
      return;
    }
    set_busy(true);
    set_refused("");
    const one = { form: form.data.id, version: form.data.version, answers: given, answered_at: new Date().toISOString(), client_id };
    try {
      let blocks: readonly Block[] = [];
      const saved = await send_check_in(one, (said) => (blocks = said));
      set_done(saved ? { state: "saved", saved } : { state: "waiting", one, blocks });
      if (saved) void queries.invalidateQueries({ queryKey: ["progress"] });
    } catch (error) {
      set_refused(as_problem(error).detail || t("check_in.refused"));
    } finally {
      set_busy(false);
    }
  };

  if (done) return <After done={done} />;

  return (
    <Shell title={form.data?.title ?? t("tab.check_in")} back="/talk" no_tabs
      foot={form.data && (
        <div className="foot-action">
          {refused && <p className="refused" role="alert">{refused}</p>}
          <Button kind="primary" wide type="submit" form="check-in" busy={busy}>{t("check_in.save")}</Button>
        </div>
      )}
    >
      {form.isPending && <Loading what={t("check_in.loading")} />}
      {form.isError && !form.data && <Failed title={t("check_in.failed")} safe={t("check_in.failed_safe")} error={form.error} retry={() => void form.refetch()} />}
      {form.data && (
        <form id="check-in" className="check-in" lang={form.data.language} onSubmit={(event) => void save(event)}>
          {!name && <Asked />}
          <p className="second">{name ? form.data.about : t("check_in.lead")}</p>
          {form.data.groups.map((group, index) => (
            <Group key={group.id} group={group} first={!name && index === 0} own={Boolean(name)} value={answers[group.id]} onChange={(value) => set_answers({ ...answers, [group.id]: value })} />
          ))}
        </form>
      )}
    </Shell>
  );
}

/** What one is asked besides, in the service's own words. */
function Asked() {
  const asked = useQuery({ queryKey: ["asked"], queryFn: ({ signal }) => get("/asked", { signal }) });
  return asked.data?.items.map((one) => one.kind === "check_in" && one.title && <Link_button key={one.id} kind="secondary" href={href(`/check-in/${one.form}`)}>{one.title}</Link_button>);
}

type Value = Check_in_answers[string] | undefined;

function Group({ group, first, own, value, onChange }: { group: CheckInGroup; first: boolean; own: boolean; value: Value; onChange: (value: NonNullable<Value>) => void }) {
  const choices = group.choices ?? [];
  const asks = <>{group.question} {group.hint && <span className="optional">{group.hint}</span>}</>;

  if (group.text)
    return (
      <div className="field">
        <label htmlFor={group.id}>{asks}</label>
        <textarea id={group.id} className="input note" rows={2} maxLength={group.longest ?? 2000} dir="auto" value={typeof value === "string" ? value : ""} onChange={(event) => onChange(event.target.value)}
          aria-describedby={group.below ? `${group.id}-below` : undefined} />
        {group.below && <p className="hint" id={`${group.id}-below`}>{group.below}</p>}
      </div>
    );

  if (group.many)
    return (
      <CheckboxGroup className="group" value={Array.isArray(value) ? value.map(String) : []} onChange={onChange}>
        <Label className="legend">{asks}</Label>
        <div className="words">
          {choices.map((choice) => (
            <Checkbox key={choice.value} value={String(choice.value)} className="word">
              {({ isSelected }) => <>{isSelected && <Icon of={Check} size={18} />}{choice.text}</>}
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
    );

  // The first group is drawn with a dot at the height that its answer has in the chart.
  return (
    <RadioGroup className="group" orientation="horizontal" value={value === undefined ? null : String(value)} onChange={(chosen) => onChange(choices.find((choice) => String(choice.value) === chosen)?.value ?? chosen)}>
      <Label className={first ? "voice" : "legend"}>{asks}</Label>
      <div className={first ? "levels" : own ? "words" : "hours"}>
        {choices.map((choice, index) => (
          <Radio key={choice.value} value={String(choice.value)} className={first ? "level" : own ? "word" : "hour"}>
            {first && <Level height={choices.length > 1 ? index / (choices.length - 1) : 0.5} />}
            <span className="level-word">{choice.text} {choice.end}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

function Level({ height }: { height: number }) {
  return (
    <svg width="16" height="40" viewBox="0 0 16 40" aria-hidden="true" focusable="false">
      <path d="M8 4v32" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" opacity="0.3" />
      <circle cx="8" cy={33 - height * 26} r="6.5" fill="currentColor" />
    </svg>
  );
}

function After({ done }: { done: Done }) {
  const t = use_text();
  const offline = use_offline();
  const waiting = use_waiting();
  const [keeps, set_keeps] = useState(may_keep);
  const still = done.state === "waiting" && waiting.some((one) => one.client_id === done.one.client_id);
  const not_kept = use_not_kept();
  const blocks = done.state === "saved" ? (done.saved.blocks ?? []) : done.blocks;

  useEffect(() => {
    if (!offline && !not_kept) void send_waiting_check_ins();
  }, [offline, not_kept]);
  useEffect(() => document.querySelector<HTMLElement>("main h2, main .title")?.focus(), []);

  return (
    <Shell title={t("tab.check_in")} back="/talk">
      {still ? (
        <>
          {blocks.length > 0 && <div className="alone"><Blocks of={blocks} /></div>}
          <div className="state offline" role="status">
            <p className="title" tabIndex={-1} data-quiet-focus>{t("check_in.not_saved")}</p>
            <p>{t(keeps ? "check_in.safe_here" : "check_in.safe_while_open")}</p>
            <div className="row">
              <Button onClick={() => void send_waiting_check_ins()}>{t("state.try_now")}</Button>
              {!keeps && <Button kind="link" onClick={() => (allow_keeping(true), set_keeps(true))}>{t("check_in.keep_here")}</Button>}
            </div>
          </div>
          <p className="second">{t("check_in.keep_why")}</p>
        </>
      ) : (
        <>
          <h2 className="voice" tabIndex={-1} data-quiet-focus>{t("check_in.saved")}</h2>
          {blocks.length > 0 && <div className="alone"><Blocks of={blocks} /></div>}
          {blocks.length > 0 ? <p><a href={href("/talk")}>{t("check_in.to_talk")}</a></p> : (
            <>
              <p className="second">{t("check_in.what_now")}</p>
              <div className="row">
                <Link_button kind="secondary" href={href("/progress")}>{t("check_in.to_progress")}</Link_button>
                <Link_button kind="secondary" href={href("/questions")}>{t("check_in.to_questions")}</Link_button>
              </div>
            </>
          )}
        </>
      )}
    </Shell>
  );
}
