import { useState } from "react";
import { as_problem } from "../../base/problem";
import { Urgency_mark } from "../../base/marks";
import { Failed } from "../../base/states";
import { type Finding, type FirstAssessment as Page, type FirstAssessmentFit, type FirstAssessmentLine, urgencies } from "../nouns";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { RuleLine } from "../parts/rule_line";
import { Sheet } from "../parts/sheet";
import { use_tell } from "../parts/toast";
import { Reader } from "../service/first_assessments";
import { use_first, use_read_first } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { use_said } from "./treatment";

/** What somebody said at the start, on one page. Open until it was read. */
export function FirstAssessment({ person }: { person: string }) {
  const words = use_words();
  const first = use_first(person);
  // Who may not read the words sees nothing of it: the page around it says so already.
  if (first.isError && !first.data) return as_problem(first.error).status === 403 ? null : <Failed title={words("first.failed")} error={first.error} retry={() => void first.refetch()} />;
  return first.data ? <Inside person={person} page={first.data} key={first.data.state} /> : null;
}

/** Prints this page alone: the course stays off the paper. */
function print_alone(): void {
  const root = document.documentElement;
  root.classList.add("print-first");
  addEventListener("afterprint", () => root.classList.remove("print-first"), { once: true });
  window.setTimeout(() => window.print());
}

function Inside({ person, page }: { person: string; page: Page }) {
  const words = use_words();
  const when = use_when();
  const [open, set_open] = useState(page.state === "sent");
  const [reading, set_reading] = useState(false);
  const unread = page.state === "sent";
  const print = () => {
    set_open(true);
    window.setTimeout(print_alone);
  };
  return (
    <section className="first-page" aria-labelledby="first-title">
      <div className="page-head">
        <h2 id="first-title">{words("first.title")}</h2>
        {page.minor && <strong>{words("first.minor")}</strong>}
        <span className="head-space" />
        <Button size="s" look="edge" onPress={print}>
          {words("first.print")}
        </Button>
        {unread && (
          <Button size="s" look="primary" onPress={() => set_reading(true)}>
            {words("first.mark")}
          </Button>
        )}
      </div>
      <p className="second">
        {words("first.sent", { at: day_and_time(when, page.sent_at) })} {page.language !== "en" && words("first.answered_in", { language: language_word(page.language) })}
      </p>
      {unread && page.due_at && <p>{page.overdue ? <strong>{words("first.overdue", { at: day_and_time(when, page.due_at) })}</strong> : words("first.due", { at: day_and_time(when, page.due_at) })}</p>}
      {unread && <Reader person={person} named={page.reader} />}
      {unread && <p className="on-paper">{page.reader ? words("first.reader", { name: page.reader.name }) : words("first.no_reader")}</p>}
      {page.read_at && (
        <>
          <p>{words("first.was_read", { name: page.read_by?.name ?? words("review.someone"), at: day_and_time(when, page.read_at) })}</p>
          <p className="their-words">{page.note}</p>
        </>
      )}
      <details className="fold" open={open} onToggle={(event) => set_open(event.currentTarget.open)}>
        <summary>{words("first.page")}</summary>
        <Lines lines={page.lines} language={page.language} />
        <h3>{words("first.concluded")}</h3>
        {page.findings.length === 0 && <p className="second">{words("first.nothing")}</p>}
        <ul className="finding-list">
          {by_need(page.findings).map((finding) => (
            <li key={finding.id}>
              <h4>
                <Urgency_mark urgency={finding.urgency} /> {finding.why}
              </h4>
              {finding.evidence.map((one) => one.text && <p key={`${one.rule} ${one.begin}`} className="their-words">“{one.text}”</p>)}
              <RuleLine finding={finding} />
            </li>
          ))}
        </ul>
        <h3>{words("first.fitting")}</h3>
        {page.fitting.length === 0 && <p className="second">{words("first.no_fitting")}</p>}
        <dl className="facts">
          {page.fitting.map((fit) => (
            <div key={fit.instrument}>
              <dt>{fit.name}</dt>
              <dd>
                <Fit fit={fit} /> <span className="second">{fit.why}</span>
              </dd>
            </div>
          ))}
        </dl>
        {page.before.length > 0 && (
          <>
            <h3>{words("first.before")}</h3>
            <Lines lines={page.before} language={page.language} />
          </>
        )}
        {page.left_open.length > 0 && (
          <>
            <h3>{words("first.left_open")}</h3>
            <ul>
              {page.left_open.map((question) => (
                <li key={question}>{question}</li>
              ))}
            </ul>
            <p className="second small">{words("first.left_open_means")}</p>
          </>
        )}
      </details>
      <ReadSheet person={person} open={reading} close={() => set_reading(false)} />
    </section>
  );
}

function Lines({ lines, language }: { lines: readonly FirstAssessmentLine[]; language: string }) {
  const when = use_when();
  return (
    <dl className="first-lines">
      {lines.map((line) => (
        <div key={`${line.asked} ${line.changed_at ?? ""}`}>
          <dt>{line.asked}</dt>
          <dd className={line.words ? "their-words" : undefined} lang={line.words ? language : undefined} dir={line.words ? "auto" : undefined}>
            {line.words ? `“${line.said}”` : line.said} {line.changed_at && <span className="second">{day_and_time(when, line.changed_at)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The band is what its publisher calls that range of totals; it says nothing about who somebody is. */
function Fit({ fit }: { fit: FirstAssessmentFit }) {
  const words = use_words();
  const when = use_when();
  if (!fit.answered_at) return <>{words(fit.offered ? "first.fit_offered" : "first.fit_not_here")}</>;
  const at = when.date(fit.answered_at);
  return <>{fit.score ? words("first.fit_answered", { score: fit.score, band: fit.band ?? "", at }) : words("first.fit_no_total", { at })}</>;
}

function ReadSheet({ person, open, close }: { person: string; open: boolean; close(): void }) {
  const words = use_words();
  const said = use_said();
  const { tell } = use_tell();
  const read = use_read_first();
  const [note, set_note] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const submit = () => {
    if (note.trim() === "") return set_problem(words("first.note_empty"));
    read.mutate({ person, note: note.trim() }, { onSuccess: () => (close(), tell(words("first.saved"))), onError: (told) => set_problem(said(told)) });
  };
  return (
    <Sheet title={words("first.mark_title")} open={open} close={close}>
      <Field label={words("first.note")} hint={words("first.note_hint")} lines={4} value={note} onChange={set_note} problem={problem} />
      <Button look="primary" onPress={submit} isDisabled={read.isPending}>
        {words("first.save")}
      </Button>
    </Sheet>
  );
}

/** The soonest first; the newest first among equals. */
const by_need = (findings: readonly Finding[]) => [...findings].sort((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency));

const day_and_time = (when: ReturnType<typeof use_when>, at: string) => `${when.date(at)}, ${when.time(at)}`;

const language_word = (tag: string) => new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag;
