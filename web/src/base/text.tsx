/* Texts come from message files (FormatJS); no sentence stands in the code. */

import { useCallback, type ReactNode } from "react";
import { IntlProvider, useIntl, type IntlShape } from "react-intl";

export type Messages = Record<string, string>;
type Plain = string | number | boolean | Date | null | undefined;

export function Texts({ locale, messages, children }: { locale: string; messages: Messages; children: ReactNode }) {
  return (
    <IntlProvider
      locale={locale}
      defaultLocale="en"
      messages={messages}
      defaultRichTextElements={{ b: (words) => <strong>{words}</strong> }}
      onError={(error) => {
        if (import.meta.env.DEV) console.error(error);
      }}
    >
      {children}
    </IntlProvider>
  );
}

/** `t("talk.send")` gives the text as a string. */
export function use_text(): (id: string, values?: Record<string, Plain>) => string {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values as Record<string, string>), [intl]);
}

/** The text with its <b> parts and any given pieces, for example a link. */
export function Text({ id, values }: { id: string; values?: Record<string, Plain | ReactNode | ((words: ReactNode[]) => ReactNode)> }) {
  const intl = useIntl();
  return <>{intl.formatMessage({ id }, values as Record<string, string>)}</>;
}

const day = 86_400_000;

/** Midnight of the instant's day in this device's zone, as a count of days; differences are days apart. */
export function day_number(at: Date): number {
  return Math.round(new Date(at.getFullYear(), at.getMonth(), at.getDate(), 12).getTime() / day);
}

export interface When {
  time(at: string | Date): string;
  /** "Today 22:10", "Yesterday 09:02", "Tue 3 Nov, 09:02" */
  day_and_time(at: string | Date): string;
  /** "Today", "Yesterday", "Tuesday 3 November" */
  day(at: string | Date): string;
  /** "3 Nov" */
  short_day(at: string | Date): string;
  /** "3 min ago", "2 h ago", "5 days ago" */
  ago(at: string | Date): string;
}

function when_of(intl: IntlShape): When {
  const date = (at: string | Date) => (at instanceof Date ? at : new Date(at));
  const near = (at: Date): string | null => {
    const apart = day_number(new Date()) - day_number(at);
    return apart === 0 ? intl.formatMessage({ id: "when.today" }) : apart === 1 ? intl.formatMessage({ id: "when.yesterday" }) : null;
  };
  const time = (at: string | Date) => intl.formatTime(date(at), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const own_year = (at: Date) => (at.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" as const });
  return {
    time,
    day_and_time: (given) => {
      const at = date(given);
      const close = near(at);
      const on = close ?? intl.formatDate(at, { weekday: "short", day: "numeric", month: "short", ...own_year(at) });
      return intl.formatMessage({ id: close ? "when.near_and_time" : "when.day_and_time" }, { day: on, time: time(at) });
    },
    day: (given) => {
      const at = date(given);
      return near(at) ?? intl.formatDate(at, { weekday: "long", day: "numeric", month: "long", ...own_year(at) });
    },
    short_day: (given) => intl.formatDate(date(given), { day: "numeric", month: "short" }),
    ago: (given) => {
      const minutes = Math.max(0, Math.round((Date.now() - date(given).getTime()) / 60_000));
      if (minutes < 1) return intl.formatMessage({ id: "when.just_now" });
      if (minutes < 60) return intl.formatMessage({ id: "when.minutes_ago" }, { n: minutes });
      if (minutes < 48 * 60) return intl.formatMessage({ id: "when.hours_ago" }, { n: Math.round(minutes / 60) });
      return intl.formatMessage({ id: "when.days_ago" }, { n: Math.round(minutes / 1440) });
    },
  };
}

export function use_when(): When {
  return when_of(useIntl());
}
