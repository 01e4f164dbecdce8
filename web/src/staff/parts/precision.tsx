import type { Finding } from "../nouns";
import { use_rule_precision } from "../server";
import { use_words } from "../words";

/** The rule as it is counted: what somebody close wrote is counted by itself. Empty: no rule found it. */
export const counted_as = ({ evidence, about, rule: named }: Pick<Finding, "evidence" | "about" | "rule">): string => {
  const rule = evidence[0]?.rule ?? named;
  return rule && about.kind === "informant" ? `informant:${rule}` : rule;
};

const percent = (share: number) => Math.round(share * 100);

/** How often clinicians agreed with what found this; never a share of a few. */
export function PrecisionWords({ finding }: { finding: Finding }) {
  const words = use_words();
  const precision = use_rule_precision(counted_as(finding));
  if (!precision.data) return null;
  const { judged, agreed, low, high } = precision.data;
  if (judged === 0) return <>{words("rule.precision_none")}</>;
  if (low == null || high == null) return <>{words("rule.precision_few", { n: judged, k: agreed })}</>;
  return <>{words("rule.precision", { n: judged, k: agreed, low: percent(low), high: percent(high) })}</>;
}
