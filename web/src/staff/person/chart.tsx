import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useIntl } from "react-intl";
import type { ChartEvent, MeasuredOutcome, Progress } from "../nouns";
import { Hatch } from "../parts/spark";
import { use_when } from "../when";
import { use_words } from "../words";
import { day, expected_at, linear, runs_of, short_title, type Span, ticks_of } from "./course";
import { EventMarks, use_event_words } from "./event_marks";
import { TotalsLane } from "./totals_lane";

interface Props {
  progress: Progress;
  /** which of the questionnaires is drawn */
  instrument: string | null;
  outcomes: readonly MeasuredOutcome[];
  events: readonly ChartEvent[];
  span: Span;
  sentence: string;
}

const left = 138; // px, words for the lanes
const right = 84; // px, words for the levels
const totals_top = 14;
const totals_height = 142;

interface Stop {
  at: number;
  lines: string[];
}

/** Totals, mood and events over one time axis. Arrow keys walk the days that have something. */
export function CourseChart({ progress, instrument, outcomes, events, span, sentence }: Props) {
  const words = use_words();
  const when = use_when();
  const intl = useIntl();
  const box = useRef<HTMLDivElement>(null);
  const [width, set_width] = useState(820);
  const [at, set_at] = useState<number | null>(null);

  useLayoutEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(([entry]) => entry && set_width(Math.max(420, Math.floor(entry.contentRect.width))));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);

  const inside = (text: string) => Date.parse(text) >= span.from && Date.parse(text) <= span.to;
  const total = progress.totals?.find((one) => one.instrument === instrument) ?? progress.totals?.[0];
  const line_of_total = outcomes.find((one) => one.instrument === total?.instrument);
  const event_words = use_event_words();
  const total_points = useMemo(() => (total?.points ?? []).filter((point) => inside(point.at)), [total, span.from, span.to]);
  const series = progress.series;
  const mood = useMemo(() => (series?.points ?? []).filter((point) => inside(point.at)), [series, span.from, span.to]);
  const average = useMemo(() => (series?.average ?? []).filter((point) => inside(point.at)), [series, span.from, span.to]);
  const gaps = (series?.gaps ?? []).filter((gap) => Date.parse(gap.to) > span.from);

  const mood_top = total ? totals_top + totals_height + 26 : totals_top;
  const mood_height = 76;
  const events_top = mood_top + mood_height + 30;
  const axis = events_top + 58;
  const height = axis + 24;

  const x = linear([span.from, span.to], [left, width - right]);
  const x_at = (text: string) => x(Date.parse(text));
  const total_y = linear(total ? [total.range[0], total.range[1]] : [0, 1], [totals_top + totals_height, totals_top]);
  const scale = series?.scale ?? [];
  const lowest = Math.min(...scale.map((one) => one.value), 1);
  const highest = Math.max(...scale.map((one) => one.value), 5);
  const mood_y = linear([lowest, highest], [mood_top + mood_height, mood_top]);

  const stops = useMemo<Stop[]>(() => {
    const days = new Map<string, Stop>();
    const stop = (text: string) => {
      const key = new Date(text).toDateString();
      const found = days.get(key) ?? { at: Date.parse(text), lines: [] };
      days.set(key, found);
      return found;
    };
    for (const point of total_points) {
      const wanted = expected_at(line_of_total?.expected, Date.parse(point.at));
      stop(point.at).lines.push(words("chart.total_point", { title: total ? short_title(total) : "", total: point.total, low: point.low ?? point.total, high: point.high ?? point.total }));
      if (wanted) stop(point.at).lines.push(words(point.total > wanted.limit ? "chart.behind_point" : "chart.on_track_point", { limit: Math.floor(wanted.limit) }));
    }
    for (const point of mood) stop(point.at).lines.push(words("chart.mood_point", { word: scale.find((one) => one.value === point.value)?.text ?? String(point.value) }));
    for (const event of events.filter((one) => inside(one.at))) stop(event.at).lines.push(event_words(event));
    return [...days.values()].sort((a, b) => a.at - b.at);
  }, [total_points, line_of_total, mood, events, span.from, span.to]);

  const here = at === null ? null : stops[at];
  const walk = (event: KeyboardEvent) => {
    const by: { [key: string]: number } = { ArrowRight: 1, ArrowLeft: -1, PageUp: 7, PageDown: -7, Home: -stops.length, End: stops.length };
    const step = by[event.key];
    if (event.key === "Escape") set_at(null);
    if (step === undefined || stops.length === 0) return;
    event.preventDefault();
    set_at((before) => Math.min(stops.length - 1, Math.max(0, before === null ? (event.key === "Home" || event.key === "ArrowRight" || event.key === "PageDown" ? 0 : stops.length - 1) : before + step)));
  };
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const rect = event.currentTarget.getBoundingClientRect();
    const wanted = span.from + ((event.clientX - rect.left - left) / (width - left - right)) * (span.to - span.from);
    if (stops.length === 0 || event.clientX - rect.left < left - 8 || event.clientX - rect.left > width - right + 8) {
      set_at(null);
      return;
    }
    let best = 0;
    stops.forEach((stop, i) => {
      if (Math.abs(stop.at - wanted) < Math.abs((stops[best]?.at ?? 0) - wanted)) best = i;
    });
    set_at(best);
  };
  const line = (points: readonly (readonly [number, number])[]) => points.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(" ");
  const said = here ? `${when.weekday(new Date(here.at).toISOString())}. ${here.lines.join(". ")}` : "";

  return (
    <div className="chart" ref={box} tabIndex={0} role="group" aria-label={words("chart.label")} aria-description={words("chart.how")} onKeyDown={walk} onBlur={() => set_at(null)}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence} direction="ltr" onPointerMove={point} onPointerLeave={() => set_at(null)}>
        {total && <TotalsLane total={total} points={total_points} line={line_of_total} x={x} y={total_y} top={totals_top} left={left} right={width - right} />}
        {series && (
          <g>
            <text className="lane-title" x="0" y={mood_top + 10}>
              {words("chart.mood")}
            </text>
            <text className="lane-note" x="0" y={mood_top + 27}>
              {series.usual ? words("chart.own_range") : words("chart.daily")}
            </text>
            <text className="lane-note" x={width - right + 6} y={mood_top + 4}>
              {scale.find((one) => one.value === highest)?.text}
            </text>
            <text className="lane-note" x={width - right + 6} y={mood_top + mood_height + 4}>
              {scale.find((one) => one.value === lowest)?.text}
            </text>
            {series.usual && <rect className="usual-band" x={left} width={width - right - left} y={mood_y(series.usual.high)} height={mood_y(series.usual.low) - mood_y(series.usual.high)} />}
            {gaps.map((gap) => {
              const from = Math.max(left, x_at(gap.from));
              const to = Math.min(width - right, x_at(gap.to));
              const days = Math.round((Date.parse(gap.to) - Date.parse(gap.from)) / day);
              return (
                <g key={gap.from}>
                  <rect className="gap-ground" x={from} width={Math.max(2, to - from)} y={mood_top - 10} height={mood_height + 20} />
                  <Hatch x={from} width={Math.max(2, to - from)} y={mood_top - 10} height={mood_height + 20} />
                  <text className="lane-note gap-text" x={(from + to) / 2} y={mood_top + mood_height + 23} textAnchor="middle">
                    {words("chart.gap", { n: days })}
                  </text>
                </g>
              );
            })}
            {mood.map((one) => (
              <circle key={one.at} className="mood-dot" cx={x_at(one.at)} cy={mood_y(one.value)} r="1.9" />
            ))}
            {runs_of(average, gaps).map((run) => (
              <g key={run[0]?.at}>
                <polygon className="mood-ribbon" points={line([...run.map((one) => [x_at(one.at), mood_y(one.high)] as const), ...[...run].reverse().map((one) => [x_at(one.at), mood_y(one.low)] as const)])} />
                <polyline className="mood-line" points={line(run.map((one) => [x_at(one.at), mood_y(one.value)] as const))} />
              </g>
            ))}
          </g>
        )}
        <text className="lane-title" x="0" y={events_top + 14}>
          {words("chart.events")}
        </text>
        <line className="level" x1={left} x2={width - right} y1={events_top + 10} y2={events_top + 10} />
        <EventMarks events={events.filter((one) => inside(one.at))} x={x_at} y={events_top + 10} from={left} to={width - right} />
        <line className="axis" x1={left} x2={width - right} y1={axis} y2={axis} />
        {[...ticks_of(span), span.to].map((tick, i, all) => {
          if (i < all.length - 1 && x(span.to) - x(tick) < 52) return null;
          return (
            <g key={tick}>
              <line className="axis" x1={x(tick)} x2={x(tick)} y1={axis} y2={axis + 5} />
              <text className="axis-text" x={x(tick)} y={axis + 19} textAnchor={i === all.length - 1 ? "end" : "middle"}>
                {intl.formatDate(tick, { day: "numeric", month: "short" })}
              </text>
            </g>
          );
        })}
        {here && <line className="cursor" x1={x(here.at)} x2={x(here.at)} y1={totals_top} y2={axis} />}
      </svg>
      {here && (
        <div className={x(here.at) > width / 2 ? "chart-tip before" : "chart-tip"} style={{ insetInlineStart: `${x(here.at)}px` }} aria-hidden="true">
          <strong>{when.weekday(new Date(here.at).toISOString())}</strong>
          {here.lines.slice(0, 5).map((text) => (
            <span key={text}>{text}</span>
          ))}
        </div>
      )}
      <div className="unseen" aria-live="polite">
        {said}
      </div>
    </div>
  );
}
