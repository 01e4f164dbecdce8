import type { Alert } from "../nouns";
import { use_when } from "../when";
import { use_words } from "../words";

/** Who was told of an alert beside the page, by what, when, and whether it got there. Nothing when no channel is set up. */
export function Called({ alert }: { alert: Alert }) {
  const words = use_words();
  const when = use_when();
  if (alert.deliveries.length === 0) return null;
  return (
    <section aria-labelledby="called">
      <h2 id="called">{words("called.title")}</h2>
      <dl className="note-list">
        {alert.deliveries.map((one) => (
          <div key={one.id}>
            <dt>
              {when.time(one.done_at ?? one.at)} {one.to ?? words("called.whoever")}
            </dt>
            <dd>
              {words(`called.${one.channel}`)}: <span className={one.state === "given_up" ? "heavy" : undefined}>{words(one.state === "waiting" && one.problem ? "called.again" : `called.${one.state}`)}</span>
              {one.problem && <> {one.problem}</>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
