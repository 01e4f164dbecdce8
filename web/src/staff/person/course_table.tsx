import type { Progress } from "../nouns";
import { use_when } from "../when";
import { use_words } from "../words";
import { day, short_title, type Span } from "./course";

interface Line {
  at: number;
  until?: number;
  mood?: string;
  total?: string;
}

/** The chart as a table: the same order in time, gaps as rows. */
export function CourseTable({ progress, span }: { progress: Progress; span: Span }) {
  const words = use_words();
  const when = use_when();
  const lines: Line[] = [];
  const scale = progress.series?.scale ?? [];
  for (const point of progress.series?.points ?? []) lines.push({ at: Date.parse(point.at), mood: scale.find((one) => one.value === point.value)?.text ?? String(point.value) });
  for (const total of progress.totals ?? [])
    for (const point of total.points) lines.push({ at: Date.parse(point.at), total: words("chart.total_point", { title: short_title(total), total: point.total, low: point.low ?? point.total, high: point.high ?? point.total }) });
  for (const gap of progress.series?.gaps ?? []) lines.push({ at: Date.parse(gap.from), until: Date.parse(gap.to) });
  const shown = lines.filter((line) => (line.until ?? line.at) >= span.from && line.at <= span.to).sort((a, b) => a.at - b.at);
  return (
    <div className="course-table" tabIndex={0} role="region" aria-label={words("chart.as_table")}>
      <table>
        <caption className="unseen">{words("chart.label")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("chart.day")}</th>
            <th scope="col">{words("chart.mood")}</th>
            <th scope="col">{words("chart.totals")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <tr key={`${line.at}-${line.total ?? line.mood ?? "gap"}`} className={line.until ? "gap-row" : undefined}>
              <th scope="row">{when.date(new Date(line.at).toISOString())}</th>
              {line.until ? (
                <td colSpan={2}>{words("chart.gap_until", { n: Math.round((line.until - line.at) / day), until: when.date(new Date(line.until).toISOString()) })}</td>
              ) : (
                <>
                  <td>{line.mood}</td>
                  <td>{line.total}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
