/* Days of the week as people write them: "Mon–Fri, Sun". */

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** Monday is 0. Any week begins like this one. */
export const name_of_day = (intl: { formatDate(at: number, how: object): string }, day: number, weekday: "short" | "long" = "short"): string => intl.formatDate(Date.UTC(2026, 0, 5 + day), { weekday, timeZone: "UTC" });

/** Three days or more that follow each other are written as one stretch; none and all seven are every day. */
export function days_in_short(days: readonly string[], name: (day: number) => string, every_day: string): string {
  const chosen = weekdays.map((day) => days.includes(day));
  const parts: string[] = [];
  for (let first = 0; first < 7; first += 1) {
    if (!chosen[first]) continue;
    let last = first;
    while (chosen[last + 1]) last += 1;
    if (last - first === 6) return every_day;
    if (last - first > 1) parts.push(`${name(first)}–${name(last)}`);
    else for (let day = first; day <= last; day += 1) parts.push(name(day));
    first = last;
  }
  return parts.join(", ") || every_day;
}
