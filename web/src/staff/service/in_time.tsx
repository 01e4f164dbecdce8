import { Urgency_mark } from "../../base/marks";
import type { ServiceReport } from "../nouns";
import { use_when } from "../when";
import { use_words, type Words } from "../words";
import { Share } from "./share";

const few = 10; // below this a share says more about chance than about the service

export function wait_words(seconds: number | null | undefined, words: Words): string {
  if (seconds == null) return words("service.none");
  if (seconds < 90) return words("service.seconds", { n: Math.round(seconds) });
  if (seconds < 90 * 60) return words("service.minutes", { n: Math.round(seconds / 60) });
  return words("service.hours", { n: Math.round(seconds / 3600) });
}

/** Is every alert answered in time? One dot an alert; nobody is compared. */
export function InTime({ report }: { report: ServiceReport }) {
  const words = use_words();
  const when = use_when();
  const { days, raised, levels, unanswered } = report.acknowledged;
  const now = levels.find((level) => level.urgency === "now");
  const oldest = report.open_alerts.find((alert) => alert.state === "open");
  return (
    <section className="block service-wide" aria-labelledby="in-time">
      <h2 id="in-time">{words("service.in_time")}</h2>
      <p className="second">{words("service.period", { days, n: raised })}</p>
      <p className={unanswered > 0 ? "unanswered" : "second"}>
        {words("service.unanswered", { n: unanswered })} {unanswered > 0 && oldest && words("service.unanswered_since", { ago: when.ago(oldest.raised_at) })}
      </p>
      {now && now.waits.length > 0 && <Waits waits={now.waits} />}
      {raised > 0 && (
        <div className="table-scroll" tabIndex={0} role="group" aria-labelledby="in-time">
          <table className="list-table">
            <thead>
              <tr>
                <th scope="col">{words("service.called_for")}</th>
                <th scope="col">{words("service.raised_n")}</th>
                <th scope="col">{words("service.share")}</th>
                <th scope="col">{words("service.middle")}</th>
                <th scope="col">{words("service.nine_of_ten")}</th>
              </tr>
            </thead>
            <tbody>
              {levels
                .filter((level) => level.raised > 0)
                .map((level) => (
                  <tr key={level.urgency}>
                    <th scope="row">
                      <Urgency_mark urgency={level.urgency} />
                    </th>
                    <td className="number">{level.raised}</td>
                    <td>{level.raised < few ? words("service.few", { k: level.in_time, n: level.raised }) : <Share count={level.in_time} of={level.raised} />}</td>
                    <td>{wait_words(level.median_seconds, words)}</td>
                    <td>{level.acknowledged < few ? words("service.too_few") : wait_words(level.ninetieth_seconds, words)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const width = 560;
const left = 6;
const marks = [0, 60, 300, 600, 1800, 3600]; // s

/** Seconds stand further apart where they matter: the square root, up to an hour; what is longer stands at the end. */
export const place_of = (seconds: number): number => left + Math.sqrt(Math.min(seconds, 3600) / 3600) * (width - 2 * left);

/** Dots that would lie on each other stand on each other. */
export function stacked(waits: readonly number[], step = 11): { x: number; row: number }[] {
  const rows = new Map<number, number>();
  return waits.map((wait) => {
    const column = Math.round(place_of(wait) / step);
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    return { x: column * step, row };
  });
}

function Waits({ waits }: { waits: readonly number[] }) {
  const words = use_words();
  const dots = stacked(waits);
  const highest = Math.max(...dots.map((dot) => dot.row)) + 1;
  const shown = Math.min(highest, 14);
  const ground = shown * 11 + 14;
  const within = (limit: number) => waits.filter((wait) => wait <= limit).length;
  const said = words("service.waits", { n: waits.length, one: within(60), five: within(300) - within(60), later: waits.length - within(300) });
  return (
    <figure className="waits">
      <figcaption>{said}</figcaption>
      <div className="waits-scroll" tabIndex={0} role="group" aria-label={said}>
        <svg width={width} height={ground + 26} viewBox={`0 0 ${width} ${ground + 26}`} role="img" aria-label={said} direction="ltr">
          <rect className="usual-band" x="0" width={place_of(60)} y="0" height={ground} />
          <text className="lane-note" x="4" y="12">
            {words("service.within_one")}
          </text>
          {dots.map((dot, i) => (
            <circle key={`${dot.x} ${dot.row} ${i}`} className={(waits[i] ?? 0) > 300 ? "wait-dot late" : "wait-dot"} cx={Math.max(6, dot.x)} cy={ground - 8 - Math.min(dot.row, 13) * 11} r="4.5" />
          ))}
          <line className="axis" x1="0" x2={width} y1={ground} y2={ground} />
          {marks.map((mark) => (
            <text key={mark} className="axis-text" x={Math.min(width - 2, place_of(mark))} y={ground + 18} textAnchor={mark === 0 ? "start" : mark === 3600 ? "end" : "middle"}>
              {mark === 0 ? "0" : mark === 3600 ? words("service.an_hour") : words("service.minutes", { n: mark / 60 })}
            </text>
          ))}
        </svg>
      </div>
    </figure>
  );
}
