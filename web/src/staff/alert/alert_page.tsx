import { MessagesSquare } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../../base/icon";
import { Urgency_mark } from "../../base/marks";
import { Failed, Loading } from "../../base/states";
import { use_take_over } from "../caseload/take_over";
import { first_name } from "../parts/first_name";
import { use_who } from "../parts/who";
import { Lone } from "../parts/lone";
import { use_keys } from "../keys/keys";
import { about_person, type Account, type Alert, type OutcomeId, type PersonAlert } from "../nouns";
import { Button } from "../parts/button";
import { use_plan_sheet } from "../parts/card";
import { use_judgement } from "../parts/judge";
import { NoteSheet } from "../parts/note_sheet";
import { use_tell } from "../parts/toast";
import { UrgencyBar } from "../parts/urgency_bar";
import { go, to } from "../route";
import { use_acknowledge, use_alert, use_alert_note, use_answers, use_colleagues, use_deed, use_outcome, use_take_back } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { Happened } from "./happened";
import { Path } from "./path";
import { after, type Draft, empty_draft, handed_to, is_mine, lacks, one_tap, outcome_of } from "./record";
import { RecordForm } from "./record_form";
import { Records } from "./records";
import { Second } from "./second";
import { Steps } from "./steps";
import { TestPage } from "./test_page";
import { Timer } from "./timer";

/* Half-written records stay while one looks something up on another page. In memory only. */
const drafts = new Map<string, Draft>();

/** Act, record, close. */
export function AlertPage({ id, me }: { id: string; me: Account }) {
  const words = use_words();
  const alert = use_alert(id);
  if (alert.isPending) return <Lone title={words("alert.page")}><Loading what={words("chosen.loading")} /></Lone>;
  if (!alert.data) return <Lone title={words("alert.page")}><Failed title={words("chosen.failed")} error={alert.error} retry={() => void alert.refetch()} /></Lone>;
  const full = about_person(alert.data);
  return full ? <Inside alert={full} me={me} /> : <TestPage alert={alert.data} me={me} />;
}

function Inside({ alert, me }: { alert: PersonAlert; me: Account }) {
  const words = use_words();
  const when = use_when();
  const { tell } = use_tell();
  const [draft, set_draft] = useState<Draft>(() => drafts.get(alert.id) ?? empty_draft);
  const [tried, set_tried] = useState(false);
  const [noting, set_noting] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const colleagues = use_colleagues();
  const acknowledge = use_acknowledge();
  const outcome = use_outcome();
  const add_note = use_alert_note();
  const deed = use_deed();
  const answers = use_answers();
  const take_back = use_take_back();
  const take_over = use_take_over();
  const judgement = use_judgement();
  const plan = use_plan_sheet(alert.card);
  const who = use_who();

  const first = first_name(alert.person.name, words);
  const mine = is_mine(alert, me);
  const taken = Boolean(alert.acknowledged_by) && !mine;
  const reading = taken || alert.state === "closed" || Boolean(handed_to(alert)) || Boolean(alert.needs_second);
  const missing = lacks(alert, draft, me);
  const chosen = outcome_of(alert, draft);
  const talk = take_over.conversation_of({ person: alert.person.id, conversation: alert.conversation });

  useEffect(() => {
    if (draft === empty_draft) drafts.delete(alert.id);
    else drafts.set(alert.id, draft);
  }, [draft, alert.id]);

  const change = (part: Partial<Draft>) => set_draft((before) => ({ ...before, ...part }));
  const failed = { onError: (problem: { detail: string; no_network: boolean }) => tell(problem.no_network ? words("staff.no_answer_detail") : problem.detail || words("staff.not_done")) };
  const acknowledge_it = () => acknowledge.mutate(alert.id, { ...failed, onSuccess: () => tell(words("caseload.acknowledged", { name: alert.person.name })) });
  const do_it = (step: string, one: string) => deed.mutate({ alert: alert.id, step, deed: one }, failed);
  const keep_answers = () => answers.mutate({ alert: alert.id, answers: draft.answers }, { ...failed, onSuccess: () => change({ answers: {} }) });
  const focus_lack = (lack: string) => form.current?.querySelector<HTMLElement>(`[data-lack=${lack}] :is(input, textarea, select, button)`)?.focus();

  const save = () => {
    const [lack] = missing;
    if (lack) {
      set_tried(true);
      if (lack !== "acknowledge") focus_lack(lack);
      return;
    }
    if (draft.outcome) keep(draft.outcome);
  };
  const keep = (id: OutcomeId) => {
    const chosen = alert.outcomes.find((one) => one.id === id);
    if (!chosen) return;
    outcome.mutate(
      { alert: alert.id, outcome: id, record: draft.record.trim(), answers: draft.answers, ...(chosen.needs.includes("colleague") ? { colleague: draft.colleague } : {}), ...(chosen.needs.includes("reason") ? { reason: draft.reason.trim() } : {}) },
      {
        ...failed,
        onSuccess: () => {
          set_draft(empty_draft);
          set_tried(false);
          tell(words(`record.saved_${after(chosen)}`), one_tap(chosen) && chosen.closes ? () => take_back.mutate(alert.id, { ...failed, onSuccess: () => tell(words("record.taken_back")) }) : undefined);
        },
      },
    );
  };
  const hand_over = () => {
    change({ outcome: "handed_over" });
    window.setTimeout(() => focus_lack("colleague"), 0);
  };
  const numbers = Object.fromEntries(alert.outcomes.map((one, i) => [String(i + 1), () => (one_tap(one) ? page.current?.querySelector<HTMLElement>(`[data-outcome="${one.id}"]`)?.focus() : change({ outcome: one.id }))]));
  const show_call = (key: string) => () => page.current?.querySelector<HTMLElement>(`[data-call="${key}"]`)?.focus();
  use_keys({
    a: alert.acknowledged_by || alert.state === "closed" ? undefined : acknowledge_it,
    p: () => go(to.person(alert.person.id)),
    t: talk && alert.state !== "closed" ? () => take_over.start({ person: alert.person.id, conversation: talk, name: first }) : undefined,
    y: alert.finding ? () => judgement.give(alert.finding!, "agree") : undefined,
    x: alert.finding ? () => judgement.give(alert.finding!, "disagree") : undefined,
    l: plan.has_plan ? plan.open : undefined,
    n: () => set_noting(true),
    e: reading ? undefined : () => page.current?.querySelector<HTMLElement>(".step.here :is(a, button, input, textarea)")?.focus(),
    c: show_call("C"),
    f: show_call("F"),
    ...(reading ? {} : { s: save, o: hand_over, ...numbers }),
  });

  return (
    <div className="alert-page" ref={page}>
      <header className="alert-head">
        <UrgencyBar urgency={alert.urgency} />
        <div className="alert-head-words">
          <div className="page-head">
            <h1>{alert.person.name}</h1>
            <Urgency_mark urgency={alert.urgency} />
            <p className="second">{who(alert.person)}</p>
            <span className="head-space" />
            <Button size="s" onPress={() => go(to.person(alert.person.id))} hint="P">
              {words("alert.person_page")}
            </Button>
            {talk && alert.state !== "closed" && (
              <Button look="lamp" onPress={() => take_over.start({ person: alert.person.id, conversation: talk, name: first })} isDisabled={take_over.busy} hint="T">
                <Icon of={MessagesSquare} size={18} stroke={1.75} />
                {words("alert.take_over")}
              </Button>
            )}
          </div>
          <div className="path-line">
            <Path alert={alert} me={me} />
            <Timer alert={alert} me={me} />
          </div>
        </div>
      </header>
      <div className="alert-body">
        <Happened alert={alert} first={first} open_plan={plan.open} reading={reading} />
        <section className="act" aria-label={words("alert.next")}>
          <div className="act-scroll">
            <div className="page-head">
              <h2>{words("alert.next")}</h2>
              <p className="second">{words("alert.may_skip")}</p>
              <span className="head-space" />
              <Button size="s" look="edge" onPress={() => set_noting(true)} hint="N">
                {words("alert.note")}
              </Button>
            </div>
            {taken && <p className="notice human">{words("alert.taken", { name: alert.acknowledged_by?.name ?? "", clock: taken_at(alert, when.time) })}</p>}
            {alert.state === "closed" && <p className="notice">{words("alert.closed")}</p>}
            <Second alert={alert} me={me} />
            <Steps alert={alert} first={first} draft={draft} change={change} deed={do_it} keep_answers={Object.keys(draft.answers).length > 0 && !answers.isPending ? keep_answers : null} open_plan={plan.has_plan ? plan.open : null} reading={reading}>
              {reading ? <Records alert={alert} me={me} /> : <RecordForm alert={alert} draft={draft} change={change} keep={keep} can_keep={mine && !outcome.isPending} colleagues={(colleagues.data?.items ?? []).filter((one) => one.id !== me.id)} place={form} />}
            </Steps>
          </div>
          {!reading && (
            <footer className="act-foot">
              <p className={tried && missing.length > 0 && (!mine || draft.outcome) ? "lacking" : "second"} id="lacking" role={tried ? "status" : undefined}>
                {mine && !draft.outcome ? words("record.one_tap") : missing.length > 0 ? words("record.lacks", { what: missing.map((lack) => words(`record.lack_${lack}`)).join(", ") }) : chosen && words(`record.after_${after(chosen)}`, { outcome: chosen.text, name: first })}
              </p>
              {!alert.acknowledged_by ? (
                <Button look="primary" size="l" onPress={acknowledge_it} isDisabled={acknowledge.isPending} hint="A">
                  {words("chosen.acknowledge")}
                </Button>
              ) : (
                <>
                  <Button onPress={hand_over} hint="O">
                    {words("record.hand_over")}
                  </Button>
                  {draft.outcome && (
                    <Button look="primary" onPress={save} isDisabled={outcome.isPending} hint="S" aria-describedby="lacking">
                      {words("record.save")}
                    </Button>
                  )}
                </>
              )}
            </footer>
          )}
        </section>
      </div>
      {plan.sheet}
      <NoteSheet open={noting} close={() => set_noting(false)} save={(text) => add_note.mutateAsync({ alert: alert.id, text })} />
    </div>
  );
}

function taken_at(alert: Alert, time: (at: string) => string): string {
  const step = [...alert.path].reverse().find((one) => one.kind === "acknowledged");
  return step ? time(step.at) : "";
}
