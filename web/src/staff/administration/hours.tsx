import { Button } from "../parts/button";
import { type WordId, use_words } from "../words";
import type { Settings } from "./desk";

type Span = Settings["staffed_hours"][number];
/** The end of a day; a time field knows it only as the beginning of the next. */
const midnight = "24:00";
const days = [1, 2, 3, 4, 5, 6, 7];

/** When people of the team are here. Monday is day 1. */
export function Hours({ value, onChange }: { value: readonly Span[]; onChange(value: Span[]): void }) {
  const words = use_words();
  const change = (at: number, part: Partial<Span>) => onChange(value.map((span, i) => (i === at ? { ...span, ...part } : span)));
  return (
    <div className="stack">
      {value.length === 0 && <p className="second">{words("hours.none")}</p>}
      {value.map((span, at) => (
        <fieldset key={at} className="hours-row">
          <legend className="unseen">{words("hours.span", { n: at + 1 })}</legend>
          <div className="days">
            {days.map((day) => (
              <label key={day} className="day">
                <input type="checkbox" checked={span.days.includes(day)} onChange={(event) => change(at, { days: event.target.checked ? [...span.days, day].sort() : span.days.filter((one) => one !== day) })} />
                <span>{words(`hours.day_${day}` as WordId)}</span>
              </label>
            ))}
          </div>
          <label>
            <span className="unseen">{words("hours.from")}</span>
            <input className="input" type="time" value={span.from} onChange={(event) => change(at, { from: event.target.value })} />
          </label>
          <span aria-hidden="true">{words("hours.to")}</span>
          <label>
            <span className="unseen">{words("hours.until")}</span>
            <input className="input" type="time" value={span.to === midnight ? "00:00" : span.to} onChange={(event) => change(at, { to: event.target.value === "00:00" ? midnight : event.target.value })} />
          </label>
          <Button size="s" look="quiet" onPress={() => onChange(value.filter((_, i) => i !== at))}>
            {words("hours.remove")}
          </Button>
        </fieldset>
      ))}
      <div>
        <Button size="s" onPress={() => onChange([...value, { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" }])}>
          {words("hours.add")}
        </Button>
      </div>
    </div>
  );
}
