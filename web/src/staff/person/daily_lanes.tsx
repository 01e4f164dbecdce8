import { useQuery } from "@tanstack/react-query";
import { get } from "../../base/client";
import type { DailyCourse } from "../../api/generated";
import { use_words } from "../words";
import { day, linear, type Span } from "./course";

const width = 640;
const height = 56;
const pad = 6;

/** What a wearable counted, by day. A gap is drawn as a gap, and days without a value are said to be unknown: nothing is filled in. */
export function DailyLanes({ person, span }: { person: string; span: Span }) {
  const words = use_words();
  const courses = useQuery({ queryKey: ["person", person, "daily"], queryFn: () => get("/people/{person}/daily", { path: { person } }), retry: false });
  const shown = (courses.data?.items ?? []).map((one) => ({ ...one, points: one.points.filter((point) => at(point.day) >= span.from && at(point.day) <= span.to) })).filter((one) => one.points.length > 0 || one.no_data !== "");
  if (shown.length === 0) return null;
  return (
    <section className="chart-card" aria-labelledby="daily-title">
      <h2 id="daily-title">{words("daily.title")}</h2>
      <p className="second small">{words("daily.lead")}</p>
      {shown.map((one) => (
        <Lane key={one.measure} one={one} span={span} />
      ))}
    </section>
  );
}

const at = (written: string) => Date.parse(`${written}T12:00:00Z`);

/** "7 h 20 min", "23:40", "8200 steps" */
export function much(value: number, unit: string): string {
  const whole = Math.round(value);
  const two = (number: number) => String(number).padStart(2, "0");
  if (unit === "") return `${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
  return unit === "minutes" ? `${Math.floor(whole / 60)} h ${two(whole % 60)} min` : `${whole} ${unit}`;
}

function Lane({ one, span }: { one: DailyCourse; span: Span }) {
  const words = use_words();
  const values = one.points.map((point) => point.value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const x = linear([span.from, span.to], [pad, width - pad]);
  const y = linear(low === high ? [low - 1, high + 1] : [low, high], [height - pad, pad]);
  const last = one.points[one.points.length - 1];
  const gaps = one.gaps.filter((gap) => at(gap.to) >= span.from);
  const said = [last ? words("daily.said", { n: one.points.length, last: much(last.value, one.unit), date: last.day, low: much(low, one.unit), high: much(high, one.unit) }) : "", gaps.length > 0 ? words("daily.gaps", { n: gaps.length }) : "", one.no_data, one.said].filter(Boolean).join(" ");
  return (
    <figure>
      <figcaption>
        <strong>{one.name}</strong>
      </figcaption>
      <svg className="own-lane" viewBox={`0 0 ${width} ${height}`} width="100%" role="img" aria-label={said} direction="ltr">
        {gaps.map((gap) => {
          const from = Math.max(at(gap.from) - day / 2, span.from);
          return <rect key={gap.from} className="daily-gap" x={x(from)} y={0} width={Math.max(1, x(Math.min(at(gap.to) + day / 2, span.to)) - x(from))} height={height} />;
        })}
        {one.points.map((point) => (
          <circle key={point.day} className="mood-dot" cx={x(at(point.day))} cy={y(point.value)} r="2" />
        ))}
      </svg>
      <p className="second small">{said}</p>
    </figure>
  );
}
