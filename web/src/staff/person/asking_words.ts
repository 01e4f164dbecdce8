/* What is asked and when, in words, by the clock of the person who is asked. */

import { useIntl } from "react-intl";
import type { AskSchedule, AskTime } from "../../api/generated";
import { days_in_short, name_of_day } from "../../base/week";
import { use_words } from "../words";
import { span_in_words } from "./asking_plan";

type Times = Pick<AskSchedule, "times" | "anchor_at" | "offset_minutes">;

export function use_asking_words() {
  const words = use_words();
  const intl = useIntl();
  const days = (chosen: readonly string[]) => days_in_short(chosen, (day) => name_of_day(intl, day), words("asking.every_day"));
  const at = (instant: string, zone?: string) => intl.formatDate(instant, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
  return {
    /** "PHQ-9", as clinicians write it; what the service designed by its title */
    form: (id: string, title?: string) => (id === "daily" ? words("asking.daily") : id.startsWith("own-") ? (title ?? words("asking.designed")) : id.toUpperCase()),
    /** "Mon–Fri, some moment between 09:00 and 12:00" */
    time: (one: AskTime) => words(one.to ? "asking.between" : "asking.at", { days: days(one.days ?? []), from: one.from, to: one.to }),
    times: (schedule: Times): string | null => {
      if (!schedule.anchor_at) return null;
      const offset = schedule.offset_minutes ?? 0;
      const { n, unit } = span_in_words(Math.abs(offset));
      return words(offset === 0 ? "asking.once_at" : offset < 0 ? "asking.once_before" : "asking.once_after", { span: words(`asking.n_${unit}`, { n }), at: at(schedule.anchor_at) });
    },
    at,
  };
}
