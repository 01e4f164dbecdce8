import { useState } from "react";
import { Human_mark, Urgency_mark } from "../../base/marks";
import { Empty, Failed, Loading } from "../../base/states";
import type { BreakGlass, ServiceReport } from "../nouns";
import { Button, Jump } from "../parts/button";
import { Field } from "../parts/field";
import { use_tell } from "../parts/toast";
import { to } from "../route";
import { use_review, use_service_report } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { FirstAssessments } from "./first_assessments";
import { WalkBlock } from "./walk_block";
import { InTime } from "./in_time";
import { ListEntries } from "./list_entries";
import { ListLoadBlocks } from "./list_load";
import { Outcomes } from "./outcomes";

/** Is every alert answered in time, what is open now, and who looked outside their team. */
export function ServicePage() {
  const words = use_words();
  const report = use_service_report();
  return (
    <div className="sheet-page">
      <div className="page-head">
        <h1>{words("shell.service")}</h1>
        <p className="second">{words("service.lead")}</p>
        <span className="head-space" />
        <Jump path={to.texts}>{words("me.texts")}</Jump>
      </div>
      {report.isPending && <Loading what={words("service.loading")} />}
      {report.isError && !report.data && <Failed title={words("service.failed")} error={report.error} retry={() => void report.refetch()} />}
      {report.data && (
        <div className="service-grid">
          <InTime report={report.data} />
          <Channels report={report.data} />
          <WalkBlock />
          <Outcomes />
          <ListEntries />
          <ListLoadBlocks />
          <FirstAssessments />
          <OpenNow report={report.data} />
          <Glass entries={report.data.break_glass} />
        </div>
      )}
    </div>
  );
}

/** Whether alerts get out of this server beside the page. */
function Channels({ report }: { report: ServiceReport }) {
  const words = use_words();
  const when = use_when();
  return (
    <section className="block service-wide" aria-labelledby="channels">
      <h2 id="channels">{words("service.channels")}</h2>
      {report.channels.length === 0 && <p className="notice">{words("service.no_channel")}</p>}
      {report.channels.map((one) => (
        <p key={one.channel} className={one.failing + one.given_up > 0 ? "notice" : undefined}>
          <strong>{words(`called.${one.channel}`)}</strong>: {one.failing + one.given_up === 0 ? words("service.channel_well") : words("service.channel_trouble", { failing: one.failing, given_up: one.given_up })} {one.since && words("service.channel_since", { ago: when.ago(one.since) })} {one.problem}
        </p>
      ))}
    </section>
  );
}

function OpenNow({ report }: { report: ServiceReport }) {
  const words = use_words();
  const when = use_when();
  return (
    <section className="block" aria-labelledby="open-now">
      <h2 id="open-now">{words("service.open_now", { n: report.open_alerts.length })}</h2>
      {report.open_alerts.length === 0 && <Empty title={words("caseload.nobody")} />}
      <ul className="open-list">
        {report.open_alerts.map((one) => (
          <li key={one.id}>
            <Urgency_mark urgency={one.urgency} />
            <Jump path={to.alert(one.id)}>{words("service.raised", { ago: when.ago(one.raised_at) })}</Jump>
            <span className="second">{one.step > 0 && words("service.went_up", { n: one.step })}</span>
            <span className="case-who">
              <Human_mark nobody={one.state === "open"} name={one.state === "open" ? undefined : "✓"} small />
              <span className={one.state === "open" ? "heavy" : undefined}>{words(one.state === "open" ? "caseload.nobody_yet" : "service.has_it")}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Glass({ entries }: { entries: readonly BreakGlass[] }) {
  const words = use_words();
  const open = entries.filter((entry) => !entry.reviewed);
  const done = entries.filter((entry) => entry.reviewed);
  return (
    <section className="block" aria-labelledby="glass">
      <h2 id="glass">{words("service.glass")}</h2>
      <p className="second small">{words("service.glass_lead")}</p>
      {entries.length === 0 && <Empty title={words("service.glass_none")} />}
      <ul className="glass-list">
        {[...open, ...done].map((entry) => (
          <GlassEntry key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function GlassEntry({ entry }: { entry: BreakGlass }) {
  const words = use_words();
  const when = use_when();
  const { tell } = use_tell();
  const review = use_review();
  const [note, set_note] = useState("");
  return (
    <li>
      <p>
        <strong>{words("service.glass_who", { who: entry.who })}</strong> <code className="faint">{entry.person.slice(-6)}</code> <span className="second">{when.day_and_time(entry.at)}</span>
      </p>
      <p className="their-words">{entry.reason}</p>
      {entry.reviewed ? (
        <p className="second small">{words("service.reviewed")}</p>
      ) : (
        <div className="glass-review">
          <Field label={words("service.review_note")} value={note} onChange={set_note} />
          <Button onPress={() => review.mutate({ id: entry.id, note: note.trim() }, { onSuccess: () => tell(words("service.reviewed")), onError: (problem) => tell(problem.detail || words("staff.not_done")) })} isDisabled={note.trim() === "" || review.isPending}>
            {words("service.review")}
          </Button>
        </div>
      )}
    </li>
  );
}
