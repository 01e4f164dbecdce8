/* Alerts as people met them: how many stand with nobody, and how long it took until somebody acknowledged them. */

import type { Measurements } from "../../../api/generated";
import { Urgency_mark } from "../../../base/marks";
import { use_when } from "../../when";
import { use_words } from "../../words";
import { ceiling, type Day } from "./day";
import { use_formats } from "./formats";
import { HourTable } from "./hour_table";
import { Ticks, use_width } from "./lanes";

/** The urgencies that raise an alert, the most pressing first. */
export const called = ["now", "today", "unknown"] as const;

/** How alerts stand, and how long people took. */
export function Answered({ measured, day }: { measured: Measurements; day: Day }) {
  const words = use_words();
  const when = use_when();
  const format = use_formats();
  return (
    <section className="block running-block" aria-labelledby="answered">
      <h2 id="answered">{words("running.answered")}</h2>
      <p className="second">{words("running.answered_lead")}</p>
      <div className="answered-table" tabIndex={0} role="region" aria-label={words("running.answered_table")}>
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">{words("running.urgency")}</th>
              <th scope="col">{words("running.with_nobody")}</th>
              <th scope="col">{words("running.oldest_now")}</th>
              <th scope="col">{words("running.acknowledged")}</th>
              <th scope="col">{words("running.median")}</th>
              <th scope="col">{words("running.longest")}</th>
            </tr>
          </thead>
          <tbody>
            {called.map((urgency) => {
              const alerts = measured.alerts_now?.[urgency];
              const took = measured.answered[urgency];
              return (
                <tr key={urgency}>
                  <th scope="row"><Urgency_mark urgency={urgency} /></th>
                  <td>{alerts ? format.count(alerts.waiting) : words("running.nothing")}</td>
                  <td className={alerts && alerts.past_their_time > 0 ? "waits" : undefined}>{alerts ? (alerts.waiting > 0 ? format.seconds(alerts.oldest_seconds) : words("running.none")) : words("running.nothing")}</td>
                  <td>{format.count(took?.count ?? 0)}</td>
                  <td>{took ? format.seconds(took.median_seconds) : words("running.none")}</td>
                  <td>{took ? format.seconds(took.longest_seconds) : words("running.none")}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {measured.answered_by_hour.length > 0 && (
        <div className="lanes">
          <p className="second">{words("running.times_lead")}</p>
          {called.filter((urgency) => measured.answered[urgency]).map((urgency) => (
            <Times key={urgency} urgency={urgency} measured={measured} day={day} />
          ))}
          <div className="lane lane-axis" aria-hidden="true">
            <span />
            <Ticks day={day} />
          </div>
        </div>
      )}
      {measured.answered_by_hour.length > 0 && (
        <HourTable
          summary={words("running.by_hour")}
          title={words("running.by_hour")}
          heads={[words("running.hour"), words("running.urgency"), words("running.acknowledged"), words("running.median"), words("running.longest")]}
          rows={[...measured.answered_by_hour].reverse().map((hour) => ({
            id: `${hour.from} ${hour.urgency}`,
            hour: when.day_and_time(hour.from),
            cells: [<Urgency_mark key="urgency" urgency={hour.urgency} />, format.count(hour.times.count), format.seconds(hour.times.median_seconds), format.seconds(hour.times.longest_seconds)],
          }))}
        />
      )}
    </section>
  );
}

const tall = 56;
const edge = 6;

/** One urgency: a dot an hour where half took at most that, a ring at the longest. The table below says the same. */
function Times({ urgency, measured, day }: { urgency: (typeof called)[number]; measured: Measurements; day: Day }) {
  const words = use_words();
  const format = use_formats();
  const [box, width] = use_width();
  const hours = measured.answered_by_hour.filter((hour) => hour.urgency === urgency);
  const all = measured.answered[urgency];
  const top = ceiling(Math.max(0, ...hours.map((hour) => hour.times.longest_seconds)));
  const each = width / day.places.length;
  const x = (from: string) => Math.min(width - edge, Math.max(edge, ((Date.parse(from) + 1_800_000 - day.from) / day.span) * each));
  const y = (seconds: number) => tall - edge - (seconds / top) * (tall - 2 * edge);
  const said = all ? words("running.times", { median: format.seconds(all.median_seconds), longest: format.seconds(all.longest_seconds), n: all.count }) : words("running.none");
  return (
    <div className="lane">
      <div className="lane-said">
        <span className="lane-name"><Urgency_mark urgency={urgency} /></span>
        <span className="lane-most">{said}</span>
      </div>
      <div className="lane-drawing lane-times-drawing" ref={box} dir="ltr">
        {width > 0 && (
          <svg width={width} height={tall} role="img" aria-label={`${words(`urgency.${urgency}`)}: ${said}`}>
            <line className="lane-floor" x1={0} x2={width} y1={tall - edge} y2={tall - edge} />
            {hours.map((hour) => (
              <g key={hour.from}>
                <line className="time-reach" x1={x(hour.from)} x2={x(hour.from)} y1={y(hour.times.median_seconds)} y2={y(hour.times.longest_seconds)} />
                <circle className="time-longest" cx={x(hour.from)} cy={y(hour.times.longest_seconds)} r="5" />
                <circle className="time-median" cx={x(hour.from)} cy={y(hour.times.median_seconds)} r="2.75" />
              </g>
            ))}
          </svg>
        )}
      </div>
    </div>
  );
}
