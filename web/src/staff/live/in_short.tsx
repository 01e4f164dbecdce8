import { Urgency_mark } from "../../base/marks";
import type { Summary } from "../nouns";
import { use_when } from "../when";
import { use_words, type WordId } from "../words";

/** What screening heard, what was asked and tried, what the person agreed to. Words of theirs only where they may be read. */
export function InShort({ summary }: { summary: Summary }) {
  const words = use_words();
  const when = use_when();
  return (
    <dl className="facts in-short">
      {summary.asked_at && (
        <div>
          <dt>{words("short.waits")}</dt>
          <dd>
            {words("short.waits_since", { clock: when.time(summary.asked_at), ago: when.ago(summary.asked_at) })} {summary.due_at && words("short.due", { clock: when.time(summary.due_at) })}
          </dd>
        </div>
      )}
      {summary.heard.length > 0 && (
        <div>
          <dt>{words("short.heard")}</dt>
          <dd>
            <ul className="heard-list">
              {summary.heard.slice(0, 5).map((one, i) => (
                <li key={i}>
                  <Urgency_mark urgency={one.urgency} /> {one.category !== "none" && words(`category.${one.category}` as WordId)} <time dateTime={one.at}>{when.time(one.at)}</time>
                  {one.evidence.map((each, at) => (
                    <q key={at} dir="auto" className="their-words">
                      {each.text}
                    </q>
                  ))}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      )}
      {summary.asked.length > 0 && (
        <div>
          <dt>{words("short.asked")}</dt>
          <dd>
            {summary.asked.map((one) => (
              <p key={one.text} dir="auto">
                {one.text} <span className="second">{words(one.answered ? "short.answered" : "short.open")}</span>
              </p>
            ))}
          </dd>
        </div>
      )}
      {summary.tried.length > 0 && (
        <div>
          <dt>{words("short.tried")}</dt>
          <dd>{summary.tried.map((one) => `${one.title}${one.helped > 0 ? `, ${words("short.easier")}` : one.helped < 0 ? `, ${words("short.harder")}` : ""}`).join("; ")}</dd>
        </div>
      )}
      <div>
        <dt>{words("short.from")}</dt>
        <dd>{[summary.country, summary.language].filter(Boolean).join(", ") || words("card.not_known")}</dd>
      </div>
      <div>
        <dt>{words("short.agreed")}</dt>
        <dd>
          {summary.agreed.length > 0
            ? summary.agreed.map((one) => (
                <p key={one.what}>
                  {one.what}: {one.text}
                </p>
              ))
            : words(summary.staff_reading ? "short.reads" : "short.reads_not")}
        </dd>
      </div>
    </dl>
  );
}
