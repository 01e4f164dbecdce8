/* What staff need of time beyond the base: seconds, counting down, and a present that moves. */

import { useEffect, useState } from "react";
import { useIntl } from "react-intl";
import { use_when as use_base_when, type When as BaseWhen } from "../base/text";

/** The present in milliseconds, read again every `each` milliseconds. */
export function use_now(each = 15_000): number {
  const [now, set_now] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => set_now(Date.now()), each);
    return () => window.clearInterval(timer);
  }, [each]);
  return now;
}

export interface When extends BaseWhen {
  /** 22:10:04 */
  exact(at: string): string;
  /** 20 November 2026 */
  date(at: string): string;
  /** Friday 20 November */
  weekday(at: string): string;
  /** 0:13 */
  left(milliseconds: number): string;
}

export function use_when(): When {
  const intl = useIntl();
  return {
    ...use_base_when(),
    exact: (at) => intl.formatDate(at, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
    date: (at) => intl.formatDate(at, { day: "numeric", month: "long", year: "numeric" }),
    weekday: (at) => intl.formatDate(at, { weekday: "long", day: "numeric", month: "long" }).replace(",", ""),
    left: (milliseconds) => {
      const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
      return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    },
  };
}
