import { useState } from "react";
import type { InformantAnswer, InformantOfPerson } from "../../api/generated";
import { Urgency_mark } from "../../base/marks";
import { as_problem } from "../../base/problem";
import { Failed } from "../../base/states";
import { use_designs } from "../check_ins/desk";
import { Button } from "../parts/button";
import { Field, Pick } from "../parts/field";
import { Sheet } from "../parts/sheet";
import { use_tell } from "../parts/toast";
import { use_when } from "../when";
import { use_words } from "../words";
import { type Of, use_close, use_plan_close, use_release, use_stop_close, use_understood } from "./close_desk";
import { use_said } from "./treatment";

type Sheet_of = { kind: "plan" | "understood" | "release"; one: InformantOfPerson };

/** Whom the person lets be asked, what they are asked and what they answered: apart from the person's own. */
export function Close({ person, first }: { person: string; first: string }) {
  const words = use_words();
  const seen = use_close(person);
  const stop = use_stop_close();
  const said = use_said();
  const { tell } = use_tell();
  const [open, set_open] = useState<Sheet_of | null>(null);
  // Who may not read the words sees nothing of it: the page around it says so already.
  if (seen.isError && !seen.data) return as_problem(seen.error).status === 403 ? null : <Failed title={words("close.failed")} error={seen.error} retry={() => void seen.refetch()} />;
  if (!seen.data || seen.data.items.length === 0) return null;
  const { items, answers, letters, least_days, most_days, competence_below, abuse_days } = seen.data;
  return (
    <section className="asking" aria-labelledby="close-title">
      <h2 id="close-title">{words("close.title")}</h2>
      <p className="second small">{words("close.lead", { name: first })}</p>
      {!letters && <p>{words("close.no_letters")}</p>}
      <ul className="asking-list">
        {items.map((one) => (
          <One key={one.id} one={one} first={first} below={competence_below} days={abuse_days} answers={answers.filter((each) => each.informant === one.id)} open={(kind) => set_open({ kind, one })} stop={() => stop.mutate({ person, informant: one.id }, { onSuccess: () => tell(words("close.stopped")), onError: (told) => tell(said(told)) })} />
        ))}
      </ul>
      <Sheet title={words(open ? `close.${open.kind}_title` : "close.title", { who: open ? words(`close.${open.one.relation}`) : "", name: first })} open={open !== null} close={() => set_open(null)}>
        {open?.kind === "plan" && <Plan of={{ person, informant: open.one.id }} before={open.one} least={least_days} most={most_days} done={() => set_open(null)} />}
        {open && open.kind !== "plan" && <Note of={{ person, informant: open.one.id }} kind={open.kind} first={first} done={() => set_open(null)} />}
      </Sheet>
    </section>
  );
}

interface OneProps {
  one: InformantOfPerson;
  first: string;
  below: number;
  days: number;
  answers: readonly InformantAnswer[];
  open(kind: Sheet_of["kind"]): void;
  stop(): void;
}

function One({ one, first, below, days, answers, open, stop }: OneProps) {
  const words = use_words();
  const when = use_when();
  const in_force = one.state !== "ended";
  const someone = words("review.someone");
  return (
    <li>
      <div className="asking-head">
        <h3>{words(`close.${one.relation}`)}</h3>
        {in_force && (
          <span className="row-deeds">
            {one.waits && (
              <Button size="s" look="primary" onPress={() => open("understood")}>
                {words("close.understood")}
              </Button>
            )}
            {one.held_since && (
              <Button size="s" look="edge" onPress={() => open("release")}>
                {words("close.release")}
              </Button>
            )}
            <Button size="s" look="edge" onPress={() => open("plan")}>
              {words(one.plan ? "close.change" : "close.begin")}
            </Button>
            {one.plan && (
              <Button size="s" look="quiet" onPress={stop}>
                {words("close.stop")}
              </Button>
            )}
          </span>
        )}
      </div>
      <p>{one.plan ? words("close.asked", { title: one.plan.title ?? words("asking.designed"), n: one.plan.every_days, at: one.plan.at }) : words(in_force ? "close.named" : "close.ended", { date: when.date(one.ended_at ?? one.since) })}</p>
      {one.plan && one.next_at && !one.waits && !one.held_since && <p className="second">{words("close.next", { at: when.day_and_time(one.next_at) })}</p>}
      {one.waits && <p><strong>{words("close.waits", { name: first, age: below })}</strong></p>}
      {one.held_since && <p className="form-problem">{words("close.held", { date: when.date(one.held_since), n: days })}</p>}
      {one.understood && <p>{words("close.was_understood", { by: one.understood.by ?? someone, date: when.date(one.understood.at) })} <q className="their-words">{one.understood.note}</q></p>}
      {one.released && <p className="second">{words("close.was_released", { by: one.released.by ?? someone, date: when.date(one.released.at) })} <q>{one.released.note}</q></p>}
      {one.asks.length > 0 && (
        <p className="ask-counts second small">
          {one.asks.slice(0, 6).map((ask) => (
            <span key={ask.asked_at}>
              <i className={`ask-mark ${ask.state}`} aria-hidden="true" /> {when.date(ask.asked_at)}: {words(`close.ask_${ask.state}`)}
            </span>
          ))}
        </p>
      )}
      {answers.map((answer) => (
        <article key={answer.id} className="close-answer">
          <h4>
            {answer.title}, {when.day_and_time(answer.at)} {answer.urgency !== "usual" && <Urgency_mark urgency={answer.urgency} />}
          </h4>
          <dl className="facts">
            {answer.said.map((line) => (
              <div key={line.question}>
                <dt>{line.question}</dt>
                <dd className="their-words">{line.answer}</dd>
              </div>
            ))}
          </dl>
          {answer.told && (
            <details className="fold">
              <summary>{words("close.told")}</summary>
              <p>{answer.told}</p>
            </details>
          )}
        </article>
      ))}
    </li>
  );
}

function Plan({ of, before, least, most, done }: { of: Of; before: InformantOfPerson; least: number; most: number; done(): void }) {
  const words = use_words();
  const designs = use_designs();
  const plan = use_plan_close();
  const said = use_said();
  const { tell } = use_tell();
  const offered = (designs.data?.items ?? []).filter((one) => one.newest && one.asks === "informant" && !one.retired_at);
  const [form, set_form] = useState(before.plan?.form ?? "");
  const [every, set_every] = useState(String(before.plan?.every_days ?? 2 * least));
  const [at, set_at] = useState(before.plan?.at ?? "10:00");
  const [problem, set_problem] = useState<string | null>(null);
  if (designs.data && offered.length === 0) return <p>{words("close.no_form")}</p>;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        plan.mutate({ ...of, form: form || (offered[0]?.form ?? ""), every_days: Number(every), at }, { onSuccess: () => (tell(words("close.planned")), done()), onError: (told) => set_problem(said(told)) });
      }}
    >
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <Pick label={words("asking.what")} value={form || (offered[0]?.form ?? "")} onChange={set_form} options={offered.map((one) => ({ id: one.form, text: one.title[one.languages[0] ?? ""] ?? one.form }))} />
      <div className="form-row">
        <Field label={words("close.every")} hint={words("close.every_hint", { least, most })} type="number" inputMode="numeric" min={least} max={most} value={every} onChange={set_every} />
        <Field label={words("asking.at_time")} type="time" value={at} onChange={set_at} />
      </div>
      <p className="second small">{words("close.plan_means")}</p>
      <Button look="primary" type="submit" isDisabled={plan.isPending}>
        {words("asking.save")}
      </Button>
    </form>
  );
}

function Note({ of, kind, first, done }: { of: Of; kind: "understood" | "release"; first: string; done(): void }) {
  const words = use_words();
  const understood = use_understood();
  const release = use_release();
  const said = use_said();
  const { tell } = use_tell();
  const [note, set_note] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const write = kind === "understood" ? understood : release;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate({ ...of, note: note.trim() }, { onSuccess: () => (tell(words("close.noted")), done()), onError: (told) => set_problem(told.status === 422 ? words("close.write_it") : said(told)) });
      }}
    >
      <p>{words(`close.${kind}_means`, { name: first })}</p>
      <Field label={words(`close.${kind}_label`)} hint={words(`close.${kind}_hint`, { name: first })} lines={3} value={note} onChange={set_note} problem={problem} />
      <Button look="primary" type="submit" isDisabled={write.isPending}>
        {words("close.note_save")}
      </Button>
    </form>
  );
}
