import type { MeasuredOutcome, Totals } from "../nouns";
import { use_when } from "../when";
import { use_words } from "../words";
import { levels_of, type Scale, short_title, told_change } from "./course";

interface Props {
  total: Totals;
  /** those in view */
  points: Totals["points"];
  line: MeasuredOutcome | undefined;
  x: Scale;
  y: Scale;
  top: number;
  left: number;
  right: number;
}

const path = (points: readonly (readonly [number, number])[]) => points.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(" ");

/** The totals of one questionnaire: full range, whiskers, the line of a case, what was expected in treatment, and the change that counts. */
export function TotalsLane({ total, points, line, x, y, top, left, right }: Props) {
  const words = use_words();
  const when = use_when();
  const x_at = (text: string) => x(Date.parse(text));
  const change = told_change(total, points, line);
  const case_line = line?.case_from ?? line?.case_to;
  return (
    <g>
      <text className="lane-title" x="0" y={top + 10}>
        {short_title(total)}
      </text>
      <text className="lane-note" x="0" y={top + 28}>
        {words("chart.range", { low: total.range[0], high: total.range[1] })}
      </text>
      <text className="lane-note" x="0" y={top + 45}>
        {words(total.better === "down" ? "chart.lower_better" : "chart.higher_better")}
      </text>
      {levels_of(total.range).map((level) => (
        <g key={level}>
          <line className="level" x1={left} x2={right} y1={y(level)} y2={y(level)} />
          <text className="level-text" x={left - 8} y={y(level) + 4} textAnchor="end">
            {level}
          </text>
        </g>
      ))}
      {line?.expected && <ExpectedBand expected={line.expected} x_at={x_at} y={y} left={left} right={right} />}
      {case_line != null && (
        <g>
          <line className="case-line" x1={left} x2={right} y1={y(case_line)} y2={y(case_line)} />
          <text className="lane-note halo" x={left + 4} y={y(case_line) + 14}>
            {words(line?.case_from != null ? "chart.case_from" : "chart.case_to", { at: case_line })}
          </text>
        </g>
      )}
      <polyline className="total-line" points={path(points.map((one) => [x_at(one.at), y(one.total)] as const))} />
      {points.map((one, i) => {
        const cx = x_at(one.at);
        return (
          <g key={one.at}>
            {one.low != null && one.high != null && <path className="whisker" d={`M${cx} ${y(one.low)}V${y(one.high)}M${cx - 4} ${y(one.low)}h8M${cx - 4} ${y(one.high)}h8`} />}
            <circle className={i === points.length - 1 ? "total-point last" : "total-point"} cx={cx} cy={y(one.total)} r="5.5" />
            <text className="total-text" x={cx + 9} y={y(one.total) - 7}>
              {one.total}
            </text>
          </g>
        );
      })}
      {change && (
        <g className={`change ${change.kind}`}>
          <path d={`M${x_at(change.from.at)} ${Math.min(y(change.from.high ?? change.from.total), y(change.from.total)) - 4}V${top + 2}H${x_at(change.to.at)}V${y(change.to.high ?? change.to.total) - 3}`} />
          <ChangeText x={(x_at(change.from.at) + x_at(change.to.at)) / 2} y={top + 6} text={words(change.kind === "worse" ? "chart.change_worse" : "chart.change_better", { by: change.by, since: when.short_day(change.from.at) })} />
        </g>
      )}
    </g>
  );
}

interface BandProps {
  expected: NonNullable<MeasuredOutcome["expected"]>;
  x_at(text: string): number;
  y: Scale;
  left: number;
  right: number;
}

/** Where totals were to lie. A band where people's own courses were fitted; one line, under which one is on track, where it was set by hand. */
function ExpectedBand({ expected, x_at, y, left, right }: BandProps) {
  const words = use_words();
  const seen = expected.points.filter((point) => x_at(point.at) >= left && x_at(point.at) <= right);
  const first = seen[0];
  const last = seen[seen.length - 1];
  if (!first || !last) return null;
  const limit = seen.map((point) => [x_at(point.at), y(point.limit)] as const);
  const low = seen.filter((point) => point.low != null).map((point) => [x_at(point.at), y(point.low as number)] as const);
  return (
    <g className="expected">
      {low.length > 1 && <polygon points={path([...limit, ...[...low].reverse()])} />}
      {low.length > 1 && <polyline points={path(low)} />}
      <polyline points={path(limit)} />
      <line className="treatment-line" x1={x_at(first.at)} x2={x_at(first.at)} y1={y(first.limit)} y2={y(0)} />
      <text className="lane-note halo" x={right + 8} y={y(last.limit) + 4}>
        {words("chart.expected")}
      </text>
      <text className="lane-note halo" x={right + 8} y={y(last.limit) + 18}>
        {last.low == null ? words("chart.at_most", { limit: Math.floor(last.limit) }) : words("chart.range", { low: Math.ceil(last.low), high: Math.floor(last.limit) })}
      </text>
    </g>
  );
}

function ChangeText({ x, y, text }: { x: number; y: number; text: string }) {
  const half = text.length * 3.15 + 6;
  return (
    <>
      <rect className="change-ground" x={x - half} y={y - 13} width={half * 2} height="17" />
      <text x={x} y={y} textAnchor="middle">
        {text}
      </text>
    </>
  );
}
