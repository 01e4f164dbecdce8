import type { Measurements } from "../../../api/generated";
import { Urgency_mark } from "../../../base/marks";
import { Empty, Failed, Loading, Notice } from "../../../base/states";
import type { Urgency } from "../../nouns";
import { use_when } from "../../when";
import { use_words } from "../../words";
import { use_measurements } from "../desk";
import { Head } from "../head";
import { Answered, called } from "./answered";
import { type Day, day_of, sum_of } from "./day";
import { use_formats } from "./formats";
import { type Lane, Lanes } from "./lanes";

const heard = ["now", "today", "unknown", "soon", "usual"] as const;

/** Whether people are answered, then whether the machine keeps up: the last 24 hours, in numbers about nobody. */
export function Running() {
  const words = use_words();
  const measured = use_measurements();
  const day = measured.data && day_of(measured.data);
  return (
    <>
      <Head title={words("admin.running")} lead={words("running.lead")} />
      {measured.isPending && <Loading what={words("admin.loading")} />}
      {measured.isError && !measured.data && <Failed title={words("running.failed")} error={measured.error} retry={() => void measured.refetch()} />}
      {measured.data && day && day.last < 0 && (
        <Empty title={words("running.empty")}>
          <p>{words("running.empty_what")}</p>
        </Empty>
      )}
      {measured.data && day && day.last >= 0 && <Full measured={measured.data} day={day} />}
    </>
  );
}

function Full({ measured, day }: { measured: Measurements; day: Day }) {
  const words = use_words();
  const when = use_when();
  const format = use_formats();
  const now = day.places[day.last];
  const mark = (urgency: Urgency) => <Urgency_mark urgency={urgency} />;
  const named = (urgency: Urgency) => words(`urgency.${urgency}`);
  const first = day.places.findIndex((one) => one !== undefined);
  const backup = now?.backup_age_seconds;

  const waiting: Lane[] = called.map((urgency) => ({
    id: urgency, name: mark(urgency), said: named(urgency), shape: "line", alarming: "waits", format: format.age,
    value: (span) => span.alerts?.[urgency].oldest_seconds,
  }));
  const people: Lane[] = [
    { id: "past", name: words("running.past_their_time"), said: words("running.past_their_time"), shape: "line", alarming: "waits", format: format.count,
      value: (span) => span.alerts && called.reduce((sum, urgency) => sum + (span.alerts?.[urgency].past_their_time ?? 0), 0) },
    { id: "people", name: words("running.people_waiting"), said: words("running.people_waiting"), shape: "line", format: format.count, value: (span) => span.people_waiting },
    { id: "longest", name: words("running.longest_wait"), said: words("running.longest_wait"), shape: "line", format: format.age, value: (span) => span.longest_wait_seconds },
  ];
  const machine: Lane[] = [
    { id: "writes", name: words("running.waiting_writes"), said: words("running.waiting_writes"), shape: "line", format: format.count, value: (span) => span.waiting_writes },
    { id: "slow", name: words("running.commit_slow"), said: words("running.commit_slow"), shape: "line", format: format.length, value: (span) => span.commit_slow_seconds },
    { id: "median", name: words("running.commit_median"), said: words("running.commit_median"), shape: "line", format: format.length, value: (span) => span.commit_median_seconds },
    { id: "workers", name: words("running.waiting_requests"), said: words("running.waiting_requests"), shape: "line", format: format.count, value: (span) => span.waiting_requests },
    { id: "requests", name: words("running.requests"), said: words("running.requests"), shape: "bars", format: format.count, value: (span) => span.requests },
    { id: "failed", name: words("running.requests_failed"), said: words("running.requests_failed"), shape: "bars", alarming: "failed", format: format.count, value: (span) => span.failed },
    { id: "streams", name: words("running.event_streams"), said: words("running.event_streams"), shape: "line", format: format.count, value: (span) => span.event_streams },
  ];
  const screening: Lane[] = heard.map((urgency) => ({
    id: urgency, name: mark(urgency), said: named(urgency), shape: "bars", format: format.count, value: (span) => span.screened[urgency],
  }));
  const keeping: Lane[] = [
    { id: "free", name: words("running.disk_free"), said: words("running.disk_free"), shape: "line", format: format.bytes, worst: "least", value: (span) => span.disk_free_bytes },
    { id: "age", name: words("running.backup_age"), said: words("running.backup_age"), shape: "line", format: format.seconds, value: (span) => span.backup_age_seconds },
    { id: "size", name: words("running.backup_size"), said: words("running.backup_size"), shape: "line", format: format.bytes, value: (span) => span.backup_bytes },
  ];

  return (
    <div className="running">
      {now && !now.answers && <Notice kind="failed" role="alert">{words("running.store_silent")}</Notice>}
      {measured.taken_minutes < measured.kept_minutes && <p className="second">{words("running.since", { at: when.day_and_time(new Date(day.from + first * day.span)) })}</p>}
      <Answered measured={measured} day={day} />
      <Lanes title={words("running.oldest")} lead={words("running.oldest_lead")} day={day} lanes={waiting} />
      <Lanes title={words("running.people")} lead={words("running.people_lead")} day={day} lanes={people} />
      <Lanes title={words("running.machine")} lead={words("running.machine_lead")} day={day} lanes={machine} />
      <Lanes title={words("running.screening")} lead={words("running.screening_lead", { n: heard.reduce((sum, urgency) => sum + sum_of(day, (span) => span.screened[urgency]), 0) })} day={day} lanes={screening} />
      <Lanes title={words("running.keeping")} lead={backup === undefined ? words("running.no_backup") : words("running.keeping_lead", { age: format.seconds(backup) })} day={day} lanes={keeping} />
    </div>
  );
}
