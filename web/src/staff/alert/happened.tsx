import { Fragment } from "react";
import type { Finding, PersonAlert } from "../nouns";
import { CardFacts } from "../parts/card";
import { JudgeButtons } from "../parts/judge";
import { Marked } from "../parts/marked";
import { by_model, rule_name, SourceNote, version_words } from "../parts/rule_line";
import { use_when } from "../when";
import { type WordId, use_words } from "../words";
import { Called } from "./called";

/** The left side: the words, the rule, what the person was told and agreed to, and how to reach them. */
export function Happened({ alert, first, open_plan, reading }: { alert: PersonAlert; first: string; open_plan(): void; reading: boolean }) {
  const words = use_words();
  const when = use_when();
  const { finding, told_person: told } = alert;
  const version = finding && version_words(finding.versions);
  const notes = alert.path.filter((step) => step.kind === "note");
  return (
    <section className="happened" aria-label={words("alert.happened")}>
      <h2>{words("alert.happened")}</h2>
      {finding?.about.kind === "informant" ? (
        <>
          <h2>{words("close.wrote", { name: first })}</h2>
          <Wrote finding={finding} />
        </>
      ) : alert.messages.length === 0 && <p className="second">{words("alert.no_words")}</p>}
      <ol className="said">
        {alert.messages.map((message) => (
          <li key={message.id}>
            <time dateTime={message.at}>{when.time(message.at)}</time>
            <span className={`bubble ${message.author}`}>
              <span className="unseen">{message.author === "person" ? first : (message.author_name ?? words(`live.author_${message.author}` as WordId))}: </span>
              <Marked text={message.text} marks={message.marks} />
              {message.from_voice_note && <span className="second small"> ({words("live.from_voice_note")})</span>}
            </span>
          </li>
        ))}
      </ol>
      {finding && (
        <div className="rule-card">
          <p>
            {words.with(by_model(finding) ? "rule.card_model" : "rule.card", { b: (chunks) => <strong key="b">{chunks}</strong>, title: rule_name(finding) })} <span className="their-words">{finding.why}</span> {version && words("rule.version_short", { version })}
          </p>
          {finding.source?.citation && (
            <p className="second">
              <SourceNote source={finding.source} />
            </p>
          )}
          <div className="row-between">
            <span>{words("judge.right")}</span>
            <JudgeButtons finding={finding} keys={!reading} />
          </div>
        </div>
      )}
      {told && (
        <>
          <h2>{words("alert.told", { name: first, clock: when.time(told.at) })}</h2>
          <blockquote className="told-text">
            <span dir="auto">{told.text}</span>
          </blockquote>
          <p className="second under">
            {told.text_id && <>{words("alert.fixed_text", { id: told.text_id })} </>}
            {words(told.answered ? "alert.has_answered" : "alert.not_answered", { name: first })}
          </p>
        </>
      )}
      <Called alert={alert} />
      {alert.consents.length > 0 && (
        <>
          <h2>{words("alert.agreed", { name: first })}</h2>
          <dl className="facts">
            {alert.consents.map((consent) => (
              <div key={consent.what}>
                <dt>{consent.what}</dt>
                <dd>{consent.text}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <h2>{words("alert.card", { name: first })}</h2>
      <CardFacts card={alert.card} open_plan={open_plan} />
      {notes.length > 0 && (
        <>
          <h2>{words("alert.notes")}</h2>
          <dl className="note-list">
            {notes.map((note) => (
              <Fragment key={note.at + note.text}>
                <dt>
                  {when.time(note.at)} {note.by}
                </dt>
                <dd className="their-words">{note.words ?? note.text}</dd>
              </Fragment>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

/** Words of somebody close, told apart from the person's own; each once, and not as a part of another. */
export function Wrote({ finding }: { finding: Finding }) {
  const words = use_words();
  const all = [...new Set(finding.evidence.map((one) => one.text).filter(Boolean))];
  return (
    <>
      {all.filter((one) => !all.some((other) => other !== one && other.includes(one))).map((one) => (
        <blockquote key={one} className="wrote their-words">{one}</blockquote>
      ))}
      <p className="second small">{words("close.wrote_on")}</p>
    </>
  );
}
