import type { SparkPoint } from "../nouns";

const width = 116;
const height = 32;
const left = 2;
const right = 6;

const x = (d: number) => left + ((d + 27) / 27) * (width - left - right);
const y = (v: number) => 4 + ((5 - v) / 4) * (height - 8);

interface Run {
  from: number;
  to: number;
}

/** Stretches of days without an answer, as day numbers -27 to 0, both ends included. */
export function gaps_of(points: readonly SparkPoint[]): Run[] {
  const known = new Set(points.filter((point) => point.v !== null).map((point) => point.d));
  const gaps: Run[] = [];
  for (let d = -27; d <= 0; d += 1) {
    if (known.has(d)) continue;
    const last = gaps[gaps.length - 1];
    if (last && last.to === d - 1) last.to = d;
    else gaps.push({ from: d, to: d });
  }
  return gaps.filter((gap) => gap.to > gap.from); // one missed day is no gap worth drawing
}

/** 28 days of mood. No line runs across days without an answer; those are hatched. The sentence beside it says the same. */
export function Spark({ points, label }: { points: readonly SparkPoint[]; label: string }) {
  const gaps = gaps_of(points);
  const in_gap = (d: number) => gaps.some((gap) => d >= gap.from && d <= gap.to);
  const runs: SparkPoint[][] = [];
  let before = -99;
  for (const point of [...points].sort((a, b) => a.d - b.d)) {
    if (point.v === null || in_gap(point.d)) continue;
    const run = runs[runs.length - 1];
    if (run && point.d - before <= 2) run.push(point);
    else runs.push([point]);
    before = point.d;
  }
  const last = runs[runs.length - 1]?.at(-1);
  const values = points.filter((point) => point.v !== null).map((point) => point.v as number);
  const middle = values.length >= 7 ? values.reduce((sum, v) => sum + v, 0) / values.length : null;
  return (
    <svg className="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {middle !== null && <rect className="spark-band" x={left} width={width - left - right} y={y(Math.min(5, middle + 0.75))} height={y(Math.max(1, middle - 0.75)) - y(Math.min(5, middle + 0.75))} />}
      {gaps.map((gap) => (
        <Hatch key={gap.from} x={x(gap.from) - 1} width={x(gap.to) - x(gap.from) + 2} height={height} />
      ))}
      {runs.map((run) => (
        <polyline key={run[0]?.d} className="spark-line" points={run.map((point) => `${x(point.d).toFixed(1)},${y(point.v as number).toFixed(1)}`).join(" ")} />
      ))}
      {last && <circle className="spark-last" cx={x(last.d)} cy={y(last.v as number)} r="3" />}
    </svg>
  );
}

/** Slanted lines inside a box, drawn as one path so that no pattern id is needed. */
export function Hatch({ x: at, width: w, height: h, y: top = 0, step = 6 }: { x: number; width: number; height: number; y?: number; step?: number }) {
  const parts: string[] = [];
  for (let c = -h; c < w; c += step) {
    const x1 = Math.max(0, c);
    const x2 = Math.min(w, c + h);
    if (x2 > x1) parts.push(`M${(at + x1).toFixed(1)} ${(top + h - (x1 - c)).toFixed(1)}L${(at + x2).toFixed(1)} ${(top + h - (x2 - c)).toFixed(1)}`);
  }
  return <path className="hatch" d={parts.join("")} />;
}
