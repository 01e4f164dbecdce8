import type { ChartEvent, PersonPage as Page } from "../nouns";
import { use_when, type When } from "../when";
import { use_words } from "../words";
import { expected_at, short_title } from "./course";
import { use_event_words } from "./event_marks";

/** What stands on paper only, under the chart and the outcomes: every total, the alerts and who answered them, treatment, and the last plan. */
export function Printed({ page, by }: { page: Page; by: string }) {
  const words = use_words();
  const when = use_when();
  const event_words = use_event_words();
  const review = page.reviews[0];
  const totals = (page.progress.totals ?? []).flatMap((total) => {
    const expected = page.outcomes.lines.find((line) => line.instrument === total.instrument)?.expected;
    return total.points.map((point) => ({ point, title: short_title(total), wanted: expected_at(expected, Date.parse(point.at)) }));
  });
  return (
    <div className="printed">
      <p>{words("print.made", { at: on_paper(when, new Date().toISOString()), by })}</p>
      <h2>{words("chart.totals")}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{words("chart.day")}</th>
            <th scope="col">{words("print.questionnaire")}</th>
            <th scope="col">{words("print.total")}</th>
            <th scope="col">{words("print.between")}</th>
            <th scope="col">{words("chart.expected_column")}</th>
          </tr>
        </thead>
        <tbody>
          {totals
            .sort((a, b) => a.point.at.localeCompare(b.point.at))
            .map(({ point, title, wanted }) => (
              <tr key={`${title} ${point.at}`}>
                <th scope="row">{when.date(point.at)}</th>
                <td>{title}</td>
                <td>{point.total}</td>
                <td>{point.low != null && point.high != null && words("chart.range", { low: point.low, high: point.high })}</td>
                <td>{wanted && words("chart.at_most", { limit: Math.floor(wanted.limit) })}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <h2>{words("print.alerts")}</h2>
      <EventTable events={page.events.filter((event) => event.kind === "alert" || event.kind === "contact")} none={words("print.no_alerts")} say={event_words} />
      <h2>{words("print.happened")}</h2>
      <EventTable events={page.events.filter((event) => event.kind !== "alert" && event.kind !== "contact" && event.kind !== "note")} none={words("print.nothing_noted")} say={event_words} />
      {review && (
        <>
          <h2>{words("review.last", { at: on_paper(when, review.at), by: review.by || words("review.someone") })}</h2>
          <ul>
            {review.steps
              .filter((step) => step.found === "in_the_way")
              .map((step) => (
                <li key={step.text}>
                  {words("review.in_the_way")}: {step.text} {step.note}
                </li>
              ))}
          </ul>
          {review.plan && (
            <p>
              {words("review.plan")}: {review.plan}
            </p>
          )}
        </>
      )}
    </div>
  );
}

/** Paper is read on another day: "today" would be wrong on it. */
const on_paper = (when: When, at: string) => `${when.date(at)}, ${when.time(at)}`;

/** Newest first. An alert that nobody answered has no line under it, and that is to be seen. */
function EventTable({ events, none, say }: { events: readonly ChartEvent[]; none: string; say(event: ChartEvent): string }) {
  const when = use_when();
  if (events.length === 0) return <p>{none}</p>;
  return (
    <table>
      <tbody>
        {[...events].reverse().map((event) => (
          <tr key={`${event.kind} ${event.number ?? ""} ${event.at}`}>
            <th scope="row">{on_paper(when, event.at)}</th>
            <td>{say(event)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
