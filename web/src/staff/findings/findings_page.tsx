import { Fragment, useState } from "react";
import { Urgency_mark } from "../../base/marks";
import { rows_of } from "../caseload/order";
import { Empty, Failed, Loading } from "../../base/states";
import { use_keys } from "../keys/keys";
import { Jump } from "../parts/button";
import type { Finding } from "../nouns";
import { JudgeButtons, use_judgement } from "../parts/judge";
import { RuleLine } from "../parts/rule_line";
import { to } from "../route";
import { use_caseload, use_findings } from "../server";
import { use_when } from "../when";
import { type WordId, use_words } from "../words";

/** The pieces of the judged message; of earlier ones only where it has none of its own. A piece inside another is not shown twice. */
function evidence_shown({ evidence }: Finding): Finding["evidence"] {
  const own = evidence.filter((piece) => piece.context_index == null || piece.context_index < 0);
  const shown = own.length > 0 ? own : evidence;
  return shown.filter((piece) => !shown.some((other) => other !== piece && other.context_index === piece.context_index && other.begin <= piece.begin && piece.end <= other.end && other.end - other.begin > piece.end - piece.begin));
}

/** What the rules found and nobody has judged yet. Each judgement teaches the service where it is wrong. */
export function FindingsPage() {
  const words = use_words();
  const when = use_when();
  const findings = use_findings();
  const judgement = use_judgement();
  const [picked, set_picked] = useState<string | null>(null);
  const items = findings.data?.items ?? [];
  const caseload = use_caseload("team");
  const names = new Map((caseload.data ? rows_of(caseload.data) : []).map((row) => [row.person, row.name]));
  const chosen = items.find((finding) => finding.id === picked) ?? items[0];
  const step = (by: number) => {
    const at = items.findIndex((finding) => finding.id === chosen?.id);
    const next = items[Math.min(items.length - 1, Math.max(0, at + by))];
    if (!next) return;
    set_picked(next.id);
    document.getElementById(`finding-${next.id}`)?.focus();
  };
  use_keys({
    j: () => step(1),
    k: () => step(-1),
    y: chosen ? () => judgement.give(chosen, "agree") : undefined,
    x: chosen ? () => judgement.give(chosen, "disagree") : undefined,
  });
  return (
    <div className="sheet-page">
      <div className="page-head">
        <h1>{words("shell.findings")}</h1>
        <p className="second">{words("findings.lead", { n: items.length })}</p>
      </div>
      {findings.isPending && <Loading what={words("findings.loading")} />}
      {findings.isError && !findings.data && <Failed title={words("findings.failed")} error={findings.error} retry={() => void findings.refetch()} />}
      {findings.data && items.length === 0 && (
        <Empty title={words("findings.none")}>
          <p>{words("findings.none_what")}</p>
        </Empty>
      )}
      <ul className="finding-cards">
        {items.map((finding) => (
          <li key={finding.id} id={`finding-${finding.id}`} tabIndex={-1} className={finding === chosen ? "block chosen-finding" : "block"} onFocus={() => set_picked(finding.id)}>
            <div className="finding-card-head">
              <Urgency_mark urgency={finding.urgency} />
              {finding.person && <Jump path={to.person(finding.person)}>{names.get(finding.person) ?? words("findings.open_person")}</Jump>}
              <span className="second small">{when.day_and_time(finding.at)}</span>
              <span className="head-space" />
              <JudgeButtons finding={finding} keys={finding === chosen} />
            </div>
            <p>
              <span className="their-words">{finding.why}</span>
            </p>
            {finding.evidence.length > 0 && (
              <p className="their-words">
                {evidence_shown(finding).map((piece) => (
                  <Fragment key={`${piece.context_index ?? ""} ${piece.begin} ${piece.text}`}>
                    <mark className="raised-words">{piece.text}</mark>{" "}
                  </Fragment>
                ))}
              </p>
            )}
            <RuleLine finding={finding} />
            {finding.about && <p className="second small">{words(`findings.about_${finding.about.kind}` as WordId)}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}
