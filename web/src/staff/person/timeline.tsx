import { useEffect, useState } from "react";
import { as_problem } from "../../base/problem";
import type { EventKind, TimelineEvent } from "../nouns";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { Marked } from "../parts/marked";
import { older_events } from "../server";
import { use_when } from "../when";
import { type WordId, use_words, type Words } from "../words";
import { Urgency_mark } from "../../base/marks";

type Filter = "all" | "messages" | "check_ins" | "totals" | "findings" | "people";

const kinds: Record<Filter, readonly EventKind[] | null> = {
  all: null,
  messages: ["message", "message_ai", "message_human"],
  check_ins: ["check_in", "silence"],
  totals: ["questionnaire"],
  findings: ["finding", "alert", "alert_step"],
  people: ["note", "review", "access", "message_human", "alert_step"],
};
const filters = Object.keys(kinds) as Filter[];

/** Several steps of one alert share its id. */
const key_of = (event: TimelineEvent): string => `${event.kind} ${event.id ?? ""} ${event.at}`;

const steps = ["acknowledged", "handed_over", "second_wanted", "second_agreed", "second_refused", "outcome_reached", "outcome_not_reached", "outcome_handed_over", "outcome_no_contact_needed", "reopened", "escalated", "taken_back", "undone_closed"];

/** A step that nobody wrote words for says only its name: "Maeve Dorrigan: acknowledged". */
function step_text(text: string, words: Words): string {
  const [, who = "", step = ""] = /^(.*?)(?:: )?([a-z_]+)$/.exec(text) ?? [];
  return steps.includes(step) ? `${who ? `${who}: ` : ""}${words(`path_step.${step}` as WordId)}` : text;
}

/** All that happened, newest first, older on request. Notes and visits by humans are lit. */
export function Timeline({ person, first_page }: { person: string; first_page: { items: TimelineEvent[]; next?: string | null } }) {
  const words = use_words();
  const when = use_when();
  const [filter, set_filter] = useState<Filter>("all");
  const [older, set_older] = useState<TimelineEvent[]>([]);
  const [next, set_next] = useState(first_page.next ?? null);
  const [state, set_state] = useState<"still" | "busy" | "failed">("still");

  useEffect(() => {
    if (older.length === 0) set_next(first_page.next ?? null);
  }, [first_page.next]);

  const load = async () => {
    if (!next) return;
    set_state("busy");
    try {
      const page = await older_events(person, next);
      set_older((before) => [...before, ...page.items]);
      set_next(page.next ?? null);
      set_state("still");
    } catch (error) {
      as_problem(error);
      set_state("failed");
    }
  };
  const seen = new Set<string>();
  const events = [...first_page.items, ...older].filter((event) => !seen.has(key_of(event)) && seen.add(key_of(event)));
  const wanted = kinds[filter];
  const shown = wanted ? events.filter((event) => wanted.includes(event.kind)) : events;
  return (
    <section className="timeline-part" aria-labelledby="timeline-title">
      <div className="timeline-head">
        <h2 id="timeline-title">{words("timeline.title")}</h2>
        <Choice look="apart" label={words("timeline.filter")} value={filter} onChange={set_filter} options={filters.map((id) => ({ id, text: words(`timeline.${id}`) }))} />
      </div>
      {shown.length === 0 && <p className="second">{words("timeline.empty")}</p>}
      <ol className="timeline">
        {shown.map((event) => (
          <li key={key_of(event)} className={kinds.people?.includes(event.kind) ? "lit" : undefined}>
            <time dateTime={event.at}>{when.day_and_time(event.at)}</time>
            <div>
              <p className="timeline-kind">
                <strong>{words(`event.${event.kind}`)}</strong> {event.urgency && event.urgency !== "usual" && <Urgency_mark urgency={event.urgency} />}
              </p>
              <p>
                <Marked text={event.kind === "alert_step" ? step_text(event.text, words) : event.text} marks={event.marks} />
              </p>
            </div>
          </li>
        ))}
      </ol>
      {state === "failed" && <p className="form-problem">{words("timeline.failed")}</p>}
      {next && (
        <Button size="s" onPress={() => void load()} isDisabled={state === "busy"}>
          {words("timeline.older")}
        </Button>
      )}
    </section>
  );
}
