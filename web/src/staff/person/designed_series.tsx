import type { DesignedSeries } from "../../api/generated";
import { use_when } from "../when";
import { use_words } from "../words";
import { linear, type Span } from "./course";

const width = 640;
const height = 56;
const pad = 6;

/** Scales of check-ins that the service designed: what was answered and when, the whole range drawn, and nothing concluded. */
export function DesignedSeriesPart({ series, span }: { series: readonly DesignedSeries[]; span: Span }) {
  const words = use_words();
  const shown = series.map((one) => ({ ...one, points: one.points.filter((point) => Date.parse(point.at) >= span.from && Date.parse(point.at) <= span.to) })).filter((one) => one.points.length > 0);
  if (shown.length === 0) return null;
  return (
    <section className="chart-card" aria-labelledby="designed-title">
      <h2 id="designed-title">{words("designed.title")}</h2>
      {shown.map((one) => (
        <Lane key={`${one.form} ${one.version} ${one.question}`} one={one} span={span} />
      ))}
    </section>
  );
}

function Lane({ one, span }: { one: DesignedSeries; span: Span }) {
  const words = use_words();
  const when = use_when();
  const x = linear([span.from, span.to], [pad, width - pad]);
  const y = linear([one.range[0], one.range[1]], [height - pad, pad]);
  const last = one.points[one.points.length - 1];
  const said = words("designed.said", { n: one.points.length, last: last?.value ?? 0, date: last ? when.date(last.at) : "", low: one.range[0], low_means: one.ends[0], high: one.range[1], high_means: one.ends[1] });
  return (
    <figure>
      <figcaption>
        <strong>{one.question}</strong>{" "}
        <span className="second small">
          {words("designed.from", { title: one.title, version: one.version })}
          {one.worse ? ` ${words(one.worse === "up" ? "designed.worse_up" : "designed.worse_down")}` : ""}
        </span>
      </figcaption>
      <svg className="own-lane" viewBox={`0 0 ${width} ${height}`} width="100%" role="img" aria-label={said} direction="ltr">
        <line className="level" x1={pad} x2={width - pad} y1={y(one.range[0])} y2={y(one.range[0])} />
        <line className="level" x1={pad} x2={width - pad} y1={y(one.range[1])} y2={y(one.range[1])} />
        {one.points.map((point) => (
          <circle key={point.at} className="mood-dot" cx={x(Date.parse(point.at))} cy={y(point.value)} r="2.5" />
        ))}
      </svg>
      <p className="second small">{said}</p>
    </figure>
  );
}
