import type { FindingSource, MeasuredOutcome, Outcomes } from "../nouns";
import { SourceNote } from "../parts/rule_line";
import { use_when } from "../when";
import { use_words } from "../words";

/** What changed since the beginning, a questionnaire a line: the class in words first, then the figures, then how well they are known. */
export function OutcomeList({ outcomes }: { outcomes: Outcomes }) {
  const words = use_words();
  if (outcomes.lines.length === 0 && outcomes.waiting.length === 0) return null;
  return (
    <section className="outcomes" aria-labelledby="outcomes-title">
      <h2 id="outcomes-title">{words("outcome.title")}</h2>
      <ul className="outcome-list">
        {[...outcomes.lines].sort((a, b) => soon(b) - soon(a)).map((line) => (
          <OutcomeLine key={line.instrument} line={line} />
        ))}
        {outcomes.waiting.map((flag) => (
          <li key={flag.id}>
            <p className="second">{flag.text}</p>
          </li>
        ))}
      </ul>
      {outcomes.together && <p className="outcome-together">{outcomes.together}</p>}
      <p className="second small">{words("outcome.no_diagnosis")}</p>
    </section>
  );
}

/** What wants a human soon stands first. */
const soon = (line: MeasuredOutcome): number => line.flags.filter((flag) => flag.urgency === "soon").length;

/** Worse, better and unchanged are drawn alike: an arrow says the direction, the words say what it is worth. */
function OutcomeLine({ line }: { line: MeasuredOutcome }) {
  const words = use_words();
  const when = use_when();
  return (
    <li>
      <div className="outcome-head">
        <h3>{line.instrument.toUpperCase()}</h3>
        <strong>{line.words}</strong>
      </div>
      <p className="outcome-figures">
        <span className="outcome-step">
          <span className="number">{line.baseline}</span> <span aria-hidden="true">→</span>
          <span className="unseen">{words("outcome.to")}</span> <span className="number">{line.current}</span>
        </span>{" "}
        <span className="second">
          {words(line.treated ? "outcome.since_treatment" : line.flags.some((flag) => flag.id === "no_baseline") ? "outcome.since_later" : "outcome.since_first", { from: when.short_day(line.baseline_at), to: when.short_day(line.current_at) })} {words(line.beyond_chance ? "outcome.counts" : "outcome.counts_only", { n: line.reliable_points })}
          {line.percent_fall != null && line.percent_fall > 0 && ` ${words("outcome.fall", { n: Math.round(line.percent_fall) })}`}
        </span>
      </p>
      {line.flags.map((flag) => (
        <p key={flag.id} className={flag.urgency === "soon" ? "outcome-flag" : "second small"}>
          {flag.text} {flag.urgency === "soon" && <SourceNote source={flag.from} />}
        </p>
      ))}
      <details className="source-note">
        <summary>{words("outcome.figures_from")}</summary>
        <dl className="facts">
          <Figure what={words("outcome.reliable", { n: line.reliable_points })} source={line.source} mark={line.mark} />
          {line.case_source && <Figure what={words(line.case_from != null ? "chart.case_from" : "chart.case_to", { at: line.case_from ?? line.case_to ?? 0 })} source={line.case_source} mark={line.case_mark ?? ""} />}
          {line.expected && <Figure what={words(line.expected.fitted ? "outcome.expected_fitted" : "outcome.expected_line")} source={said_of(line.expected.from)} mark={line.expected.from.mark} />}
        </dl>
      </details>
    </li>
  );
}

const said_of = (source: FindingSource) => [source.citation, source.says].filter(Boolean).join(" ");

function Figure({ what, source, mark }: { what: string; source: string; mark: string }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>
        {source} <strong>{mark}.</strong>
      </dd>
    </div>
  );
}
