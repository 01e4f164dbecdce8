import type { ChartEvent, MeasuredOutcome, Progress } from "../nouns";
import { use_when } from "../when";
import { use_words } from "../words";
import { day, expected_at, short_title, type Span } from "./course";
import { use_event_words } from "./event_marks";

interface Line {
  at: number;
  until?: number;
  mood?: string;
  total?: string;
  expected?: string;
  event?: string;
  number?: number;
}

interface Props {
  progress: Progress;
  outcomes: readonly MeasuredOutcome[];
  events: readonly ChartEvent[];
  span: Span;
  /** takes a noted event off the chart */
  take_off(number: number): void;
}

/** The chart as a table: the same order in time, gaps and events as rows. */
export function CourseTable({ progress, outcomes, events, span, take_off }: Props) {
  const words = use_words();
  const when = use_when();
  const event_words = use_event_words();
  const lines: Line[] = [];
  const scale = progress.series?.scale ?? [];
  for (const point of progress.series?.points ?? []) lines.push({ at: Date.parse(point.at), mood: scale.find((one) => one.value === point.value)?.text ?? String(point.value) });
  for (const total of progress.totals ?? []) {
    const expected = outcomes.find((one) => one.instrument === total.instrument)?.expected;
    for (const point of total.points) {
      const at = Date.parse(point.at);
      const wanted = expected_at(expected, at);
      lines.push({
        at,
        total: words("chart.total_point", { title: short_title(total), total: point.total, low: point.low ?? point.total, high: point.high ?? point.total }),
        ...(wanted ? { expected: words(point.total > wanted.limit ? "chart.behind_point" : "chart.on_track_point", { limit: Math.floor(wanted.limit) }) } : {}),
      });
    }
  }
  for (const gap of progress.series?.gaps ?? []) lines.push({ at: Date.parse(gap.from), until: Date.parse(gap.to) });
  for (const event of events) lines.push({ at: Date.parse(event.at), event: event_words(event), ...(event.number == null ? {} : { number: event.number }) });
  const shown = lines.filter((line) => (line.until ?? line.at) >= span.from && line.at <= span.to).sort((a, b) => a.at - b.at);
  const with_expected = shown.some((line) => line.expected);
  return (
    <div className="course-table" tabIndex={0} role="region" aria-label={words("chart.as_table")}>
      <table>
        <caption className="unseen">{words("chart.label")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("chart.day")}</th>
            <th scope="col">{words("chart.mood")}</th>
            <th scope="col">{words("chart.totals")}</th>
            {with_expected && <th scope="col">{words("chart.expected_column")}</th>}
            <th scope="col">{words("chart.events")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line, i) => (
            <tr key={`${line.at}-${i}`} className={line.until ? "gap-row" : undefined}>
              <th scope="row">{when.date(new Date(line.at).toISOString())}</th>
              {line.until ? (
                <td colSpan={with_expected ? 4 : 3}>{words("chart.gap_until", { n: Math.round((line.until - line.at) / day), until: when.date(new Date(line.until).toISOString()) })}</td>
              ) : (
                <>
                  <td>{line.mood}</td>
                  <td>{line.total}</td>
                  {with_expected && <td>{line.expected}</td>}
                  <td className="their-words">
                    {line.event}{" "}
                    {line.number != null && (
                      <button type="button" className="link" onClick={() => take_off(line.number as number)}>
                        {words("happened.take_off")}
                        <span className="unseen">: {line.event}</span>
                      </button>
                    )}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
