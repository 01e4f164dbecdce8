import type { Finding } from "../nouns";
import { use_words } from "../words";
import { PrecisionWords } from "./precision";

/** "14", or "rules 14, model 3" when several parts have versions. Of a long fingerprint its beginning, as with any other. */
export function version_words(versions: Finding["versions"]): string | null {
  if (!versions) return null;
  if (typeof versions === "string") return versions;
  return Object.entries(versions)
    .filter(([name]) => name !== "format")
    .map(([name, version]) => (/^[0-9a-f]{12,}$/.test(version) ? version.slice(0, 7) : `${name} ${version}`))
    .join(", ");
}

/** What the rule is called. Some servers give the reason as the title; then the rule's own id says more. */
export function rule_name(finding: Finding): string {
  const { rule_title, why, rule } = finding;
  return rule_title && rule_title !== why ? rule_title : rule.replace(/[_-]/g, " ");
}

/** No rule: the trained model that reads beside them. */
export const by_model = (finding: Finding) => finding.rule.startsWith("model:");

/** Which rule raised it, in which version, and where the rule comes from. */
export function RuleLine({ finding }: { finding: Finding }) {
  const words = use_words();
  const version = version_words(finding.versions);
  if (!by_model(finding) && rule_name(finding).trim() === "") return null; // no rule found it: a human asked, or a time ran out
  return (
    <p className="rule-line">
      {by_model(finding) ? words("rule.line_model") : words.with("rule.line", { title: <strong key="title">{rule_name(finding)}</strong> })}
      {version ? words("rule.version", { version }) : "."} {finding.source?.citation && <SourceNote source={finding.source} />} <PrecisionWords finding={finding} />
    </p>
  );
}

export function SourceNote({ source }: { source: NonNullable<Finding["source"]> }) {
  const words = use_words();
  return (
    <details className="source-note">
      <summary>{words("rule.source")}</summary>
      <span>
        {source.citation} <code>{source.id}</code>
        {source.mark && <> · {source.mark}</>}
      </span>
    </details>
  );
}
