import type { Account, Alert, AlertStep } from "../nouns";
import { use_when } from "../when";
import { use_words, type Words } from "../words";
import { aside, is_mine } from "./record";

interface Stop {
  key: string;
  title: string;
  at: string | null;
  tone: "done" | "human" | "here" | "ahead";
}

function title_of(step: AlertStep, me: Account, words: Words): string {
  const you = step.by === me.display_name;
  const by = step.by ?? "";
  switch (step.kind) {
    case "raised":
      return words("path.raised");
    case "told":
      return you ? words("path.you_told") : by ? words("path.told", { name: by }) : words("path.told_nobody");
    case "acknowledged":
      return you ? words("path.you_acknowledged") : words("path.acknowledged", { name: by });
    case "escalated":
      return by ? words("path.escalated", { name: by }) : words("path.escalated_nobody");
    case "handed_over":
      return words("path.asked", { name: by });
    case "closed":
      return words("path.closed");
    case "taken_back":
      return words("path.taken_back");
    case "undone_closed":
      return words("path.undone");
    default:
      return step.text;
  }
}

/** An alert that nobody takes goes on and on: one stop with the time of the last, and how often. */
function folded(path: readonly AlertStep[]): { step: AlertStep; times: number }[] {
  const made: { step: AlertStep; times: number }[] = [];
  for (const step of path) {
    const before = made.at(-1);
    if (before && step.kind === "escalated" && !step.by && before.step.kind === "escalated" && !before.step.by) made[made.length - 1] = { step, times: before.times + 1 };
    else made.push({ step, times: 1 });
  }
  return made;
}

/** Where the alert has been, where it is, and its end. Notes are not stops. */
export function stops_of(alert: Alert, me: Account, words: Words): Stop[] {
  const been = folded(alert.path.filter((step) => !aside.includes(step.kind)));
  const stops: Stop[] = been.map(({ step, times }, i) => ({ key: `${step.kind}-${i}`, title: times > 1 ? words("path.escalated_times", { n: times }) : title_of(step, me, words), at: step.at, tone: step.by && !["told", "escalated", "handed_over"].includes(step.kind) ? "human" : "done" }));
  if (alert.state === "closed") return stops;
  const here = alert.state === "second_wanted" || alert.needs_second ? words("path.second") : alert.state === "open" ? words("path.acknowledge") : is_mine(alert, me) ? words("path.act") : words("path.acting", { name: alert.acknowledged_by?.name ?? "" });
  return [...stops, { key: "here", title: here, at: null, tone: "here" }, { key: "end", title: words("path.closed"), at: null, tone: "ahead" }];
}

export function Path({ alert, me }: { alert: Alert; me: Account }) {
  const words = use_words();
  const when = use_when();
  const stops = stops_of(alert, me, words);
  return (
    <div className="path-scroll" role="region" aria-label={words("path.label")} tabIndex={0}>
      <ol className="path">
      {stops.map((stop) => (
        <li key={stop.key} className={`stop ${stop.tone}`} aria-current={stop.tone === "here" ? "step" : undefined}>
          <span className="stop-title">{stop.title}</span>
          <span className="stop-at">{stop.at ? when.exact(stop.at) : stop.tone === "here" ? words("path.now") : ""}</span>
        </li>
      ))}
      </ol>
    </div>
  );
}
