/* Small multiples: lanes that share one day. A slider reads all of them at one moment; a table says the same. */

import { useId, useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode } from "react";
import { Hatch } from "../../parts/spark";
import { use_when } from "../../when";
import { use_words } from "../../words";
import { HourTable } from "./hour_table";
import { ceiling, type Day, hours_of, largest, ticks_of, unknown_runs, type Value, type Worst, worst_of } from "./day";

export interface Lane {
  id: string;
  name: ReactNode;
  /** the name as plain words */
  said: string;
  value: Value;
  format(value: number): string;
  /** bars for what happened, a line for what stood */
  shape: "line" | "bars";
  /** draws attention to whatever is above nothing: somebody waits, or something failed */
  alarming?: "waits" | "failed";
  worst?: Worst;
}

const height = 44;
const pad = 3;

export function use_width(): [React.RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, set_width] = useState(0);
  useLayoutEffect(() => {
    const seen = box.current;
    if (!seen) return;
    const observer = new ResizeObserver(() => set_width(seen.clientWidth));
    observer.observe(seen);
    return () => observer.disconnect();
  }, []);
  return [box, width];
}

export function Lanes({ title, lead, day, lanes }: { title: string; lead: string; day: Day; lanes: readonly Lane[] }) {
  const words = use_words();
  const when = use_when();
  const id = useId();
  const [chosen, set_chosen] = useState<number | null>(null);
  const at = chosen ?? day.last;
  const moment = (place: number) => when.time(new Date(day.from + place * day.span));
  return (
    <section className="block running-block" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="second">{lead}</p>
      <div className="lanes">
        {lanes.map((lane) => (
          <LaneRow key={lane.id} lane={lane} day={day} at={at} moment={moment} />
        ))}
        <div className="lane lane-axis">
          <span className="lane-said">{words("running.read_at", { at: moment(at) })}</span>
          <div className="lane-times">
            <input type="range" min={0} max={day.places.length - 1} value={at} aria-label={words("running.slider", { title })}
              aria-valuetext={`${moment(at)}. ${lanes.map((lane) => `${lane.said}: ${said_at(lane, day, at, words("running.nothing"))}`).join(". ")}`}
              onChange={(event) => set_chosen(Number(event.target.value))} />
            <Ticks day={day} />
          </div>
        </div>
      </div>
      <HourTable
        summary={words("running.as_table")}
        title={words("running.table_of", { title })}
        heads={[words("running.hour"), ...lanes.map((lane) => lane.said)]}
        rows={hours_of(day, lanes).map((row) => ({
          id: String(row.at),
          hour: when.day_and_time(new Date(row.at)),
          cells: row.values.map((value, index) => (value === undefined ? words("running.nothing") : lanes[index]?.format(value))),
        }))}
      />
    </section>
  );
}

export function Ticks({ day }: { day: Day }) {
  const when = use_when();
  return (
    <div className="lane-ticks" aria-hidden="true" dir="ltr">
      {ticks_of(day).map((tick) => (
        <span key={tick.place} style={{ "--at": `${(100 * tick.place) / day.places.length}%` } as CSSProperties}>{when.time(new Date(tick.at))}</span>
      ))}
    </div>
  );
}

function said_at(lane: Lane, day: Day, place: number, nothing: string): string {
  const span = day.places[place];
  const value = span && lane.value(span);
  return value === undefined ? nothing : lane.format(value);
}

function LaneRow({ lane, day, at, moment }: { lane: Lane; day: Day; at: number; moment(place: number): string }) {
  const words = use_words();
  const most = worst_of(day, lane.value, lane.worst);
  const here = day.places[at];
  const now = said_at(lane, day, at, words("running.nothing"));
  const worst = most && most.value > 0 ? words(lane.worst === "least" ? "running.least" : "running.most", { value: lane.format(most.value), at: moment(most.place) }) : words(most ? "running.none_all_day" : "running.nothing_measured");
  return (
    <div className="lane">
      <div className="lane-said">
        <span className="lane-name">{lane.name}</span>
        <strong className={lane.alarming && here && (lane.value(here) ?? 0) > 0 ? `lane-now ${lane.alarming}` : "lane-now"}>{now}</strong>
        <span className="lane-most">{worst}</span>
      </div>
      <Drawing lane={lane} day={day} at={at} label={`${lane.said}: ${worst}`} top={ceiling(largest(day, lane.value))} />
    </div>
  );
}

function Drawing({ lane, day, at, label, top }: { lane: Lane; day: Day; at: number; label: string; top: number }) {
  const [box, width] = use_width();
  const each = width / day.places.length;
  const x = (place: number) => place * each;
  const y = (value: number) => height - pad - (Math.min(value, top) / top) * (height - 2 * pad);
  const steps: string[] = [];
  let drawing = false;
  day.places.forEach((one, place) => {
    const value = one && lane.value(one);
    if (value === undefined) {
      drawing = false;
      return;
    }
    // What stood, stood for the whole span: a flat piece, and an upright one to the next.
    steps.push(`${drawing ? "L" : "M"}${x(place).toFixed(1)} ${y(value).toFixed(1)}L${x(place + 1).toFixed(1)} ${y(value).toFixed(1)}`);
    drawing = true;
  });
  return (
    <div className="lane-drawing" ref={box} dir="ltr">
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          <line className="lane-floor" x1={0} x2={width} y1={height - pad} y2={height - pad} />
          {unknown_runs(day, lane.value).map((run) => (
            <Hatch key={run.from} x={x(run.from)} width={x(run.to + 1) - x(run.from)} height={height} />
          ))}
          {lane.shape === "line" && <path className="lane-line" d={steps.join("")} />}
          {lane.shape === "bars" &&
            day.places.map((one, place) => {
              const value = one && lane.value(one);
              return value ? <rect key={place} className="lane-bar" x={x(place)} width={Math.max(1.5, each - 0.5)} y={y(value)} height={height - pad - y(value)} /> : null;
            })}
          {at >= 0 && <line className="lane-cursor" x1={x(at + 0.5)} x2={x(at + 0.5)} y1={0} y2={height} />}
        </svg>
      )}
    </div>
  );
}
