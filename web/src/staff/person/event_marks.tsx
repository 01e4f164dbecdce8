import type { ChartEvent } from "../nouns";
import { type WordId, use_words } from "../words";
import { short_words } from "./course";

interface Props {
  events: readonly ChartEvent[];
  x(at: string): number;
  y: number;
  from: number;
  to: number;
}

/** Those whose own words say more than their kind. */
const named: readonly ChartEvent["kind"][] = ["life", "medicine", "appointment"];
const lit: readonly ChartEvent["kind"][] = ["contact", "note", "review"];

/** An event in words: "Maeve Dorrigan: Reached by telephone." */
export function use_event_words(): (event: ChartEvent) => string {
  const words = use_words();
  return (event) => {
    const kind = words((event.missed ? "mark.missed" : `mark.${event.kind}`) as WordId);
    return [kind + (event.by && lit.includes(event.kind) ? `, ${event.by}` : ""), event.text].filter(Boolean).join(": ");
  };
}

/** Events on their own lane: filled, hollow where something did not happen, lit for a human, stairs for an alert. Words where they fit, on two rows. */
export function EventMarks({ events, x, y, from, to }: Props) {
  const words = use_words();
  const free = [from - 40, from - 40];
  return (
    <g>
      {events.map((event) => {
        const at = x(event.at);
        const label = named.includes(event.kind) ? short_words(event.missed ? `${words("mark.missed")}: ${event.text}` : event.text) : words(`mark.${event.kind}`);
        const wide = label.length * 6.3;
        const middle = Math.min(to + 40 - wide / 2, Math.max(from - 40 + wide / 2, at));
        const row = free.findIndex((edge) => middle - wide / 2 > edge);
        if (row >= 0) free[row] = middle + wide / 2 + 8;
        return (
          <g key={`${event.kind} ${event.number ?? ""} ${event.at}`}>
            <Mark event={event} x={at} y={y} />
            {row >= 0 && (
              <text className="lane-note" x={middle} y={y + 22 + row * 15} textAnchor="middle">
                {label}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

function Mark({ event, x, y }: { event: ChartEvent; x: number; y: number }) {
  if (lit.includes(event.kind)) return <circle className="event-human" cx={x} cy={y} r={event.kind === "note" ? 4 : 5.5} />;
  switch (event.kind) {
    case "alert":
      return <path className="event-alert" d={`M${x - 8} ${y + 6}v-3h3v3zM${x - 4} ${y + 6}v-6h3v6zM${x} ${y + 6}v-9h3v9zM${x + 4} ${y + 6}v-12h3v12z`} />;
    case "treatment_begun":
      return <path className="event-filled" d={`M${x - 5} ${y - 6}l11 6l-11 6z`} />;
    case "treatment_ended":
      return <path className="event-filled" d={`M${x - 5} ${y - 6}h3v12h-3zM${x + 2} ${y - 6}h3v12h-3z`} />;
    case "life":
      return <path className="event-line" d={`M${x - 4} ${y + 7}v-14h10l-3 4l3 4h-10`} />;
    case "medicine":
      return <rect className="event-line" x={x - 7} y={y - 4} width="14" height="8" rx="4" />;
    case "known_and_planned":
      return <path className="event-line" d={`M${x} ${y - 6}l6 6l-6 6l-6 -6z`} />;
    default:
      return <rect className={event.missed ? "event-hollow" : "event-filled"} x={x - 5} y={y - 5} width="10" height="10" rx="2" />;
  }
}
