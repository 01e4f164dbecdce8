import type { TimelineEvent } from "../nouns";
import { use_words } from "../words";

const shown: readonly TimelineEvent["kind"][] = ["alert", "note", "questionnaire", "silence", "finding"];

interface Props {
  events: readonly TimelineEvent[];
  x(at: string): number;
  y: number;
  from: number;
  to: number;
}

/** Events on their own lane: filled, hollow where something did not happen, lit for a human, stairs for an alert. */
export function EventMarks({ events, x, y, from, to }: Props) {
  const words = use_words();
  const marks = events.filter((event) => shown.includes(event.kind)).sort((a, b) => a.at.localeCompare(b.at));
  let free = from;
  return (
    <g>
      {marks.map((event) => {
        const at = x(event.at);
        const label = words(`event.${event.kind}`);
        const wide = label.length * 6.4;
        const start = Math.min(to - wide / 2, Math.max(from + wide / 2, at));
        const fits = start - wide / 2 > free;
        if (fits) free = start + wide / 2 + 8;
        return (
          <g key={`${event.kind} ${event.id ?? ""} ${event.at}`}>
            <EventMark kind={event.kind} x={at} y={y} />
            {fits && (
              <text className="lane-note" x={start} y={y + 21} textAnchor="middle">
                {label}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

function EventMark({ kind, x, y }: { kind: TimelineEvent["kind"]; x: number; y: number }) {
  if (kind === "note") return <circle className="event-human" cx={x} cy={y} r="5" />;
  if (kind === "silence") return <rect className="event-hollow" x={x - 5} y={y - 5} width="10" height="10" rx="2" />;
  if (kind === "alert") return <path className="event-alert" d={`M${x - 8} ${y + 6}v-3h3v3zM${x - 4} ${y + 6}v-6h3v6zM${x} ${y + 6}v-9h3v9zM${x + 4} ${y + 6}v-12h3v12z`} />;
  return <rect className="event-filled" x={x - 5} y={y - 5} width="10" height="10" rx="2" />;
}
