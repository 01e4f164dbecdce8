import { Human_mark, Urgency_mark } from "../../base/marks";
import type { Summary } from "../nouns";
import { use_words } from "../words";
import { InShort } from "./in_short";

/** A conversation whose words may not be read: what a human needs to know to decide, and nothing else. */
export function WithoutWords({ summary }: { summary: Summary }) {
  const words = use_words();
  return (
    <section className="talk-none without-words" aria-label={words("live.in_short")}>
      <div className="row-between">
        <h2>
          {summary.state === "waiting" && <Human_mark nobody small />} {summary.name}
        </h2>
        <Urgency_mark urgency={summary.urgency} />
      </div>
      <p>{words("short.without", { name: summary.name })}</p>
      <InShort summary={summary} />
    </section>
  );
}
