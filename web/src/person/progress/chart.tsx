/* One series over time in plain SVG: answers as dots, the average thicker, gaps hatched, never a line across them.
   Arrow keys walk the points; the table beside it says the same. */

import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { useIntl } from "react-intl";
import type { Progress } from "../../api/generated";
import { served_or } from "../../base/served";
import { day_number, use_text, use_when } from "../../base/text";

type Series = Progress["series"];

export interface Stop {
  kind: "answer" | "gap";
  from: number;
  to: number;
  at: string;
  until?: string;
  value?: number;
}

/** Answers and gaps in the order of time: what the arrow keys walk and the table lists. */
export function stops_of(series: Series): Stop[] {
  const answers: Stop[] = series.points.map((point) => ({ kind: "answer", from: day_number(new Date(point.at)), to: day_number(new Date(point.at)), at: point.at, value: point.value }));
  const gaps: Stop[] = series.gaps.map((gap) => ({ kind: "gap", from: day_number(new Date(gap.from)), to: day_number(new Date(gap.to)), at: gap.from, until: gap.to }));
  return [...answers, ...gaps].sort((a, b) => a.from - b.from);
}

/** The average in pieces, broken wherever days are missing between two of its points. */
export function pieces_of(average: Series["average"], gaps: Series["gaps"]): Series["average"][] {
  const pieces: Series["average"][] = [];
  let before: number | undefined;
  for (const point of average) {
    const day = day_number(new Date(point.at));
    const broken = before === undefined || day - before > 2 || gaps.some((gap) => day_number(new Date(gap.from)) <= day && day_number(new Date(gap.to)) > (before ?? 0) && day_number(new Date(gap.from)) > (before ?? 0));
    if (broken) pieces.push([]);
    pieces[pieces.length - 1]?.push(point);
    before = day;
  }
  return pieces;
}

function use_width(): [React.RefObject<HTMLDivElement | null>, number, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, set_width] = useState(0);
  const [em, set_em] = useState(16);
  useLayoutEffect(() => {
    const seen = box.current;
    if (!seen) return;
    const measure = () => {
      set_width(seen.clientWidth);
      set_em(Number.parseFloat(getComputedStyle(seen).fontSize) || 15);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(seen);
    return () => observer.disconnect();
  }, []);
  return [box, width, em];
}

export function word_for(series: Series, value: number): string {
  const nearest = [...series.scale].sort((a, b) => Math.abs(Number(a.value) - value) - Math.abs(Number(b.value) - value))[0];
  return nearest ? served_or(nearest.text, nearest.text) : String(value);
}

export function Chart({ series, days, name }: { series: Series; days: number; name: string }) {
  const t = use_text();
  const when = use_when();
  const intl = useIntl();
  const [box, width, em] = use_width();
  const [at, set_at] = useState<number | null>(null);
  const points = useRef<(SVGGElement | null)[]>([]);
  const stops = stops_of(series);

  const scale = [...series.scale].sort((a, b) => Number(a.value) - Number(b.value));
  const low = Number(scale[0]?.value ?? 1);
  const high = Number(scale[scale.length - 1]?.value ?? 5);
  const today = day_number(new Date());
  const first_day = Math.min(today - days + 1, ...stops.map((stop) => stop.from));

  const longest = Math.max(...scale.map((step) => served_or(step.text, step.text).length), 4);
  const left = Math.min(longest * em * 0.52 + em * 0.6, width * 0.36);
  const right = width - em * 0.55;
  const top = em * 0.6;
  const row = Math.max(em * 2.3, 34);
  const bottom = top + row * (scale.length - 1);
  const height = bottom + em * 2;
  const x = (day: number) => left + ((day - first_day) / Math.max(1, today - first_day)) * (right - left);
  const y = (value: number) => bottom - ((value - low) / Math.max(1, high - low)) * (bottom - top);
  const day_width = x(first_day + 1) - x(first_day);
  const x_at = (instant: string) => x(day_number(new Date(instant)));

  const ticks: number[] = [];
  const between = width < 340 || em > 20 ? 14 : 7;
  for (let day = today - between; day >= first_day - 1; day -= between) ticks.unshift(Math.max(day, first_day));

  const say = (stop: Stop) =>
    stop.kind === "gap"
      ? t("progress.gap_from_to", { from: when.short_day(stop.at), to: when.short_day(stop.until ?? stop.at) })
      : t("progress.point", { day: intl.formatDate(new Date(stop.at), { weekday: "short", day: "numeric", month: "short" }), word: word_for(series, stop.value ?? 0) });

  const walk = (event: KeyboardEvent) => {
    const forward = event.key === "ArrowRight" || event.key === "ArrowDown";
    const backward = event.key === "ArrowLeft" || event.key === "ArrowUp";
    const from = at ?? stops.length - 1;
    const next = forward ? from + 1 : backward ? from - 1 : event.key === "Home" ? 0 : event.key === "End" ? stops.length - 1 : null;
    if (next === null) return;
    event.preventDefault();
    const inside = Math.min(Math.max(next, 0), stops.length - 1);
    set_at(inside);
    points.current[inside]?.focus();
  };

  useEffect(() => set_at(null), [series]);
  const shown = at === null ? undefined : stops[at];

  return (
    <div className="chart" ref={box} dir="ltr">
      {width > 0 && (
        <svg width={width} height={height} role="group" aria-label={name} onKeyDown={walk}>
          <defs>
            <pattern id="no-answer" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M0 0v8" className="hatch" />
            </pattern>
          </defs>
          {series.usual && <rect className="usual" x={left} y={y(series.usual.high)} width={right - left} height={y(series.usual.low) - y(series.usual.high)} />}
          {scale.map((step) => (
            <g key={String(step.value)} aria-hidden="true">
              <line className="level-line" x1={left} x2={right} y1={y(Number(step.value))} y2={y(Number(step.value))} />
              <text className="level-name" x={left - em * 0.6} y={y(Number(step.value))} textAnchor="end" dominantBaseline="central">{served_or(step.text, step.text)}</text>
            </g>
          ))}
          {pieces_of(series.average, series.gaps).map((piece, index) => (
            <g key={index} aria-hidden="true">
              {piece.length > 1 && <path className="ribbon" d={`M${piece.map((point) => `${x_at(point.at)} ${y(Math.min(high, point.high))}`).join("L")}L${[...piece].reverse().map((point) => `${x_at(point.at)} ${y(Math.max(low, point.low))}`).join("L")}Z`} />}
              <path className="average" d={`M${piece.map((point) => `${x_at(point.at)} ${y(point.value)}`).join("L")}`} />
            </g>
          ))}
          {stops.map((stop, index) => (
            <g key={`${stop.kind}${stop.at}`} ref={(element) => { points.current[index] = element; }} role="img" aria-label={say(stop)} className={stop.kind}
              tabIndex={index === (at ?? stops.length - 1) ? 0 : -1} onFocus={() => set_at(index)} onPointerEnter={() => set_at(index)}>
              {stop.kind === "gap" ? (
                <rect x={x(stop.from) - day_width / 2} y={top - em * 0.5} width={x(stop.to) - x(stop.from) + day_width} height={bottom - top + em} fill="url(#no-answer)" />
              ) : (
                <>
                  <circle className="reach" cx={x(stop.from)} cy={y(stop.value ?? low)} r={Math.max(9, day_width / 2)} />
                  <circle className="dot" cx={x(stop.from)} cy={y(stop.value ?? low)} r={em * 0.27} />
                </>
              )}
            </g>
          ))}
          <g aria-hidden="true" className="days">
            {ticks.map((day) => (
              <text key={day} x={Math.max(x(day), left - em)} y={height - em * 0.45} textAnchor="middle">{when.short_day(new Date(day * 86_400_000))}</text>
            ))}
            <text x={right + em * 0.5} y={height - em * 0.45} textAnchor="end">{t("when.today")}</text>
          </g>
        </svg>
      )}
      <p className="shown" aria-hidden="true">{shown ? say(shown) : t("progress.touch")}</p>
    </div>
  );
}
