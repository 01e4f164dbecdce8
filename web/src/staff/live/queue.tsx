import { Ai_mark, Human_mark, Urgency_mark } from "../../base/marks";
import type { Account, Live, LiveRow } from "../nouns";
import { Jump } from "../parts/button";
import { to } from "../route";
import { use_now, use_when } from "../when";
import { use_words } from "../words";

interface Props {
  live: Live;
  current: string | null;
  me: Account;
}

/** Who is with a person, who waits for one, and who is with the AI. */
export function Queue({ live, current, me }: Props) {
  const words = use_words();
  const taken = live.others.filter((row) => row.with || row.state === "human");
  const with_ai = live.others.filter((row) => !taken.includes(row));
  return (
    <nav className="queue" aria-label={words("live.queue")}>
      <h1>{words("shell.live")}</h1>
      <p className="queue-here second small">
        {live.here.map((one) => (
          <Human_mark key={one.id} name={one.name} small />
        ))}
        <span>{words("live.here", { n: live.here.length })}</span>
      </p>
      <Part title={words("live.with_person")} rows={[...live.mine.map((row) => ({ ...row, with: row.with ?? { id: me.id, name: me.display_name, initials: me.initials } })), ...taken]} current={current} me={me} />
      <Part title={words("live.waiting")} rows={live.waiting} current={current} me={me} waiting />
      <Part title={words("live.with_ai", { n: with_ai.length })} rows={with_ai} current={current} me={me} />
      {live.waiting.length + live.mine.length + live.others.length === 0 && <p className="queue-none second">{words("live.nobody")}</p>}
    </nav>
  );
}

function Part({ title, rows, current, me, waiting }: { title: string; rows: readonly LiveRow[]; current: string | null; me: Account; waiting?: boolean }) {
  const words = use_words();
  const when = use_when();
  use_now(15_000);
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {rows.map((row) => (
          <li key={row.conversation}>
            <Jump path={to.conversation(row.conversation)} className="queue-row" current={row.conversation === current}>
              <span className="queue-top">
                <strong>{row.name}</strong>
                <Urgency_mark urgency={row.urgency} />
              </span>
              <span className="queue-who">
                {row.with ? <Human_mark name={row.with.name} small /> : waiting ? <Human_mark nobody small /> : <Ai_mark small />}
                <span>{row.with ? (row.with.id === me.id ? words("caseload.you") : row.away ? words("live.away", { name: row.with.name }) : row.with.name) : waiting ? words("caseload.nobody_yet") : words("live.ai")}</span>
                <span className="queue-since">{row.since && words(waiting ? "live.asked" : "live.last", { ago: when.ago(row.since) })}</span>
              </span>
              {row.due_at && <span className="queue-due small">{words(waiting ? "live.due_alert" : "live.due_words", { clock: when.time(row.due_at) })}</span>}
            </Jump>
          </li>
        ))}
      </ul>
    </section>
  );
}
