import { useIntl } from "react-intl";
import type { AskTime } from "../../api/generated";
import { name_of_day, weekdays } from "../../base/week";
import { hour_of } from "./asking_plan";

const day_width = 52; // px
const gap = 4;
const inset = 4; // px of a day before midnight and after it, so that a dot at its end stays whole
const top = 17;
const height = 32;

/** A week as seven days from midnight to midnight: a dot is a minute, a bar a stretch in which one moment is drawn. The words beside it say the same. */
export function WeekStrip({ times }: { times: readonly AskTime[] }) {
  const intl = useIntl();
  const width = 7 * day_width + 6 * gap;
  const y = (top + height) / 2 + 4;
  return (
    <svg className="week-strip" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" direction="ltr">
      {weekdays.map((day, i) => {
        const left = i * (day_width + gap);
        const x = (clock: string) => left + inset + (hour_of(clock) / 24) * (day_width - 2 * inset);
        const here = times.filter((one) => !one.days?.length || one.days.includes(day));
        return (
          <g key={day} className={here.length > 0 ? undefined : "week-none"}>
            <text x={left + day_width / 2} y="11" textAnchor="middle">
              {name_of_day(intl, i)}
            </text>
            <line x1={left} x2={left + day_width} y1={y} y2={y} />
            <line x1={left + day_width / 2} x2={left + day_width / 2} y1={y - 3} y2={y + 3} />
            {here.map((one) =>
              one.to ? <rect key={one.from} x={x(one.from)} width={Math.max(4, x(one.to) - x(one.from))} y={y - 5} height="10" rx="2" /> : <circle key={one.from} cx={x(one.from)} cy={y} r="4" />,
            )}
          </g>
        );
      })}
    </svg>
  );
}
