import { useQuery } from "@tanstack/react-query";
import { useIntl } from "react-intl";
import type { DailyCourse } from "../../api/generated";
import { get } from "../../base/client";
import { use_text, use_when } from "../../base/text";

const width = 320;
const height = 44;
const pad = 4;
const day = 86_400_000;
const at = (written: string) => Date.parse(`${written}T12:00:00`);

/** What a wearable counted in the last days, with what it did not: a gap stays a gap, and is said. Only with the person's yes. */
export function Counted({ days }: { days: number }) {
  const t = use_text();
  const counted = useQuery({ queryKey: ["daily"], queryFn: ({ signal }) => get("/daily", { signal }) });
  const from = Date.now() - days * day;
  const shown = (counted.data?.items ?? [])
    .map((one) => ({ ...one, points: one.points.filter((point) => at(point.day) >= from), gaps: one.gaps.filter((gap) => gap.lasts || at(gap.to) >= from) }))
    .filter((one) => one.points.length > 0 || one.gaps.length > 0);
  if (shown.length === 0) return null;
  return (
    <section className="findings counted" aria-labelledby="counted">
      <div>
        <h3 id="counted">{t("counted.title")}</h3>
        <p className="second">{t("counted.lead")}</p>
      </div>
      {shown.map((one) => <Measure key={one.measure} one={one} from={from} />)}
    </section>
  );
}

function Measure({ one, from }: { one: DailyCourse; from: number }) {
  const t = use_text();
  const intl = useIntl();
  const when = use_when();
  const much = (value: number) => {
    const whole = Math.round(value);
    if (one.unit === "") return intl.formatDate(new Date(2026, 0, 1, 0, whole), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    if (one.unit === "minutes") return `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, "0")} min`;
    const n = intl.formatNumber(whole);
    return one.unit === "steps" ? t("counted.n_steps", { n }) : one.measure === "resting_heart_rate" ? t("counted.n_beats", { n }) : `${n} ${one.unit}`;
  };
  const known = ["steps", "sleep_minutes", "sleep_start", "sleep_end", "resting_heart_rate", "heart_rate_variability"].includes(one.measure);
  const values = one.points.map((point) => point.value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const last = one.points[one.points.length - 1];
  const x = (time: number) => pad + (Math.max(0, time - from) / (Date.now() - from)) * (width - 2 * pad);
  const y = (value: number) => (low === high ? height / 2 : height - pad - ((value - low) / (high - low)) * (height - 2 * pad));
  const said = [
    last && t("counted.last", { what: much(last.value), day: when.day(new Date(at(last.day))), low: much(low), high: much(high) }),
    ...one.gaps.map((gap) => (gap.lasts ? t("counted.gap_lasts", { from: when.short_day(new Date(at(gap.from))) }) : t("counted.gap", { from: when.short_day(new Date(at(gap.from))), to: when.short_day(new Date(at(gap.to))) }))),
  ].filter(Boolean);
  return (
    <figure className="finding">
      <figcaption>
        <h3>{known ? t(`counted.${one.measure}`) : one.name}</h3>
        <p className="second">{said.join(" ")}</p>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" direction="ltr">
        {one.gaps.map((gap) => <rect key={gap.from} className="usual" x={x(at(gap.from) - day / 2)} y={0} width={Math.max(1, x(gap.lasts ? Date.now() : at(gap.to) + day / 2) - x(at(gap.from) - day / 2))} height={height} />)}
        {one.points.map((point) => <circle key={point.day} className="dot" cx={x(at(point.day))} cy={y(point.value)} r="2.5" />)}
      </svg>
    </figure>
  );
}
