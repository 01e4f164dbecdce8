/* Times of the rota are told by the service's own clock, wherever the browser is. */

import { useIntl } from "react-intl";

export interface RotaClock {
  /** Friday 20 November, of an instant there */
  day(at: string): string;
  /** Friday 20 November, of a day of the calendar */
  calendar(day: string): string;
  /** 17:00 */
  time(at: string): string;
  /** 2026-11-20 there, for a field */
  field_day(at: string): string;
}

export function use_rota_clock(zone: string): RotaClock {
  const intl = useIntl();
  const long = { weekday: "long", day: "numeric", month: "long" } as const;
  const time = (at: string) => intl.formatDate(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
  return {
    day: (at) => intl.formatDate(at, { ...long, timeZone: zone }).replace(",", ""),
    calendar: (day) => intl.formatDate(`${day}T12:00:00Z`, { ...long, timeZone: "UTC" }).replace(",", ""),
    time,
    field_day: (at) => new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone }).format(new Date(at)),
  };
}

/** Another day of the calendar, so many days on. */
export function day_on(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export const names = (all: readonly { name: string }[]): string => all.map((one) => one.name).join(", ");
