/* Lengths, sizes and counts in a few characters. */

import { useIntl } from "react-intl";
import { use_words } from "../../words";

export function use_formats() {
  const words = use_words();
  const intl = useIntl();
  const seconds = (n: number) =>
    n < 90 ? words("running.seconds", { n: Math.round(n) }) : n < 5400 ? words("running.minutes", { n: Math.round(n / 60) }) : words("running.hours", { n: Math.round(n / 360) / 10 });
  return {
    seconds,
    /** of the oldest of some; 0 when there is none */
    age: (n: number) => (n > 0 ? seconds(n) : words("running.none")),
    length: (n: number) => (n < 1 ? words("running.milliseconds", { n: Math.round(n * 100_000) / 100 }) : seconds(n)),
    count: (n: number) => intl.formatNumber(n),
    bytes: (n: number) => (n >= 1e9 ? words("running.gigabytes", { n: Math.round(n / 1e8) / 10 }) : words("running.megabytes", { n: Math.round(n / 1e5) / 10 })),
  };
}
