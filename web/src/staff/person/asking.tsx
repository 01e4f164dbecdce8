import { useState } from "react";
import type { Ask, AskPause, AskSchedule } from "../../api/generated";
import { as_problem } from "../../base/problem";
import { Failed, Loading } from "../../base/states";
import { use_keys } from "../keys/keys";
import { Button } from "../parts/button";
import { use_tell } from "../parts/toast";
import { use_ask, use_change_schedule, use_schedules, use_stop_asking } from "../server";
import { use_when } from "../when";
import { type WordId, use_words } from "../words";
import { counted, draft_of, type Draft, new_draft, plan_of, plan_of_schedule } from "./asking_plan";
import { AskingPause } from "./asking_pause";
import { AskingSheet } from "./asking_sheet";
import { use_asking_words } from "./asking_words";
import { use_said } from "./treatment";
import { WeekStrip } from "./week_strip";

interface Props {
  person: string;
  first: string;
}

/** What the person is asked and when, why as often as now, and what became of it. A missing answer is shown as missing. */
export function Asking({ person, first }: Props) {
  const words = use_words();
  const said = use_said();
  const { tell } = use_tell();
  const seen = use_schedules(person);
  const ask = use_ask();
  const change = use_change_schedule();
  const stop = use_stop_asking();
  const [writing, set_writing] = useState<{ draft: Draft; of: AskSchedule | null } | null>(null);
  const [problem, set_problem] = useState<string | null>(null);
  const add = () => (set_problem(null), set_writing({ draft: new_draft, of: null }));
  use_keys({ q: seen.data ? add : undefined });

  const failed = { onError: (told: Parameters<typeof said>[0]) => tell(said(told)) };
  const end = (schedule: string) => stop.mutate({ person, schedule }, { onSuccess: () => tell(words("asking.stopped")), ...failed });
  const begin = (plan: ReturnType<typeof plan_of>) => ask.mutate({ person, plan }, { onSuccess: (made) => tell(words("asking.begun"), () => end(made.id)), ...failed });
  const save = (draft: Draft) => {
    const plan = plan_of(draft);
    const before = writing?.of;
    const done = { onError: (told: Parameters<typeof said>[0]) => set_problem(said(told)) };
    if (!before) ask.mutate({ person, plan }, { onSuccess: (made) => (set_writing(null), tell(words("asking.begun"), () => end(made.id))), ...done });
    else
      change.mutate(
        { person, schedule: before.id, plan },
        { onSuccess: (made) => (set_writing(null), tell(words("asking.changed"), () => change.mutate({ person, schedule: made.id, plan: plan_of_schedule(before) }, failed))), ...done },
      );
  };

  const running = seen.data?.items.filter((one) => one.running) ?? [];
  const over = seen.data?.items.filter((one) => !one.running) ?? [];
  const busy = ask.isPending || change.isPending || stop.isPending;
  return (
    <section className="asking" aria-labelledby="asking-title">
      <div className="page-head">
        <h2 id="asking-title">{words("asking.title")}</h2>
        <span className="head-space" />
        {seen.data && (
          <Button size="s" onPress={add} hint="Q">
            {words("asking.add")}
          </Button>
        )}
      </div>
      {seen.isPending && <Loading what={words("asking.loading")} />}
      {seen.isError && !seen.data && <Failed title={words("asking.failed")} safe={as_problem(seen.error).detail || undefined} error={seen.error} retry={() => void seen.refetch()} />}
      {seen.data && (
        <>
          {(running.length > 0 || seen.data.pause) && <AskingPause person={person} first={first} pause={seen.data.pause} longest={seen.data.longest_pause_days} />}
          {running.length === 0 && <p className="second">{words("asking.none", { name: first })}</p>}
          <ul className="asking-list">
            {running.map((one) => (
              <Running key={one.id} schedule={after_pause(one, seen.data.pause)} own_zone={seen.data.own_time_zone} busy={busy} change={() => (set_problem(null), set_writing({ draft: draft_of(one), of: one }))} stop={() => stop.mutate({ person, schedule: one.id }, { onSuccess: () => tell(words("asking.stopped"), () => begin(plan_of_schedule(one))), ...failed })} />
            ))}
          </ul>
          {running.length > 0 && <p className="second small">{words(seen.data.letters ? "asking.letters" : "asking.no_letters", { name: first })}</p>}
          <Lately asks={seen.data.asks} titles={new Map(seen.data.items.map((one) => [one.form, one.title]))} />
          {over.length > 0 && (
            <details className="fold" open={over.some((one) => one.left_out)}>
              <summary>{words("asking.over", { n: over.length })}</summary>
              <ul className="asking-over">
                {over.map((one) => (
                  <Over key={one.id} schedule={one} busy={busy} again={() => begin(plan_of_schedule(one))} />
                ))}
              </ul>
            </details>
          )}
        </>
      )}
      <AskingSheet key={writing ? (writing.of?.id ?? "new") : "closed"} first={first} writing={writing} own_zone={seen.data?.own_time_zone} problem={problem} busy={busy} say={set_problem} save={save} close={() => set_writing(null)} />
    </section>
  );
}

/** While nothing is asked no next time is told: what falls into the pause is not asked. */
const after_pause = (one: AskSchedule, pause: AskPause | undefined) => (pause && one.next_at && one.next_at < pause.until ? { ...one, next_at: undefined } : one);

interface RunningProps {
  schedule: AskSchedule;
  own_zone: string | undefined;
  busy: boolean;
  change(): void;
  stop(): void;
}

function Running({ schedule, own_zone, busy, change, stop }: RunningProps) {
  const words = use_words();
  const asked = use_asking_words();
  const title = asked.form(schedule.form, schedule.title);
  const once = asked.times(schedule);
  const zone = own_zone ?? schedule.time_zone;
  return (
    <li>
      <div className="asking-head">
        <h3>{title}</h3>
        <span className="row-deeds">
          <Button size="s" look="edge" onPress={change} isDisabled={busy}>
            {words("asking.change")} <span className="unseen">{title}</span>
          </Button>
          <Button size="s" look="quiet" onPress={stop} isDisabled={busy}>
            {words("asking.stop")} <span className="unseen">{title}</span>
          </Button>
        </span>
      </div>
      {once ? (
        <p>{once}</p>
      ) : (
        <div className="asking-times">
          <ul>
            {schedule.times.map((one) => (
              <li key={`${one.days?.join("")}${one.from}`}>{asked.time(one)}</li>
            ))}
          </ul>
          <WeekStrip times={schedule.times} />
        </div>
      )}
      {schedule.sensitive && <p className="second">{words("asking.sensitive")}</p>}
      <dl className="facts">
        {schedule.next_at && (
          <div>
            <dt>{words("asking.next")}</dt>
            <dd>
              <strong>{asked.at(schedule.next_at, zone)}</strong> <span className="second">{words(own_zone ? "asking.by_own_clock" : "asking.by_clock", { zone })}</span>
            </dd>
          </div>
        )}
        {!once && (
          <div>
            <dt>{words("asking.how_often")}</dt>
            <dd>
              {schedule.rhythm === "usual" ? schedule.why : <strong>{schedule.why}</strong>} <span className="second">{words(schedule.at_least_every > schedule.usual_every ? "asking.bounds" : "asking.usual", { usual: schedule.usual_every, least: schedule.at_least_every })}</span>
            </dd>
          </div>
        )}
      </dl>
    </li>
  );
}

function Over({ schedule, busy, again }: { schedule: AskSchedule; busy: boolean; again(): void }) {
  const words = use_words();
  const asked = use_asking_words();
  const once = asked.times(schedule);
  const title = asked.form(schedule.form, schedule.title);
  return (
    <li>
      <span>
        <strong>{title}</strong> <span className="second">{once ?? schedule.times.map(asked.time).join("; ")}</span>
        {schedule.left_out && <strong> {words("asking.left_out")}</strong>}
      </span>
      {!once && (
        <Button size="s" look="edge" onPress={again} isDisabled={busy}>
          {words("asking.again")} <span className="unseen">{title}</span>
        </Button>
      )}
    </li>
  );
}

/** The last times as marks, the oldest first: filled was answered, a dashed ring was not. */
function Lately({ asks, titles }: { asks: readonly Ask[]; titles: ReadonlyMap<string, string | undefined> }) {
  const words = use_words();
  const when = use_when();
  const asked = use_asking_words();
  if (asks.length === 0) return null;
  return (
    <div className="asking-lately">
      <h3>{words("asking.lately", { n: asks.length })}</h3>
      <p className="ask-marks" aria-hidden="true" dir="ltr">
        {[...asks].reverse().map((one) => (
          <i key={one.id} className={`ask-mark ${one.state}`} />
        ))}
      </p>
      <p className="ask-counts">
        {counted(asks).map(({ state, n }) => (
          <span key={state}>
            <i className={`ask-mark ${state}`} aria-hidden="true" /> {words(`asking.n_${state}` as WordId, { n })}
          </span>
        ))}
      </p>
      <p className="second small">{words("asking.missing")}</p>
      <details className="fold">
        <summary>{words("asking.one_by_one")}</summary>
        <div className="course-table" tabIndex={0} role="region" aria-label={words("asking.one_by_one")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words("asking.asked_at")}</th>
                <th scope="col">{words("asking.what")}</th>
                <th scope="col">{words("asking.became")}</th>
                <th scope="col">{words("asking.letter")}</th>
              </tr>
            </thead>
            <tbody>
              {asks.map((one) => (
                <tr key={one.id}>
                  <th scope="row">{when.day_and_time(one.asked_at)}</th>
                  <td>{asked.form(one.form, titles.get(one.form))}</td>
                  <td>
                    <i className={`ask-mark ${one.state}`} aria-hidden="true" /> {words(`asking.state_${one.state}` as WordId, { at: when.day_and_time(one.ends_at) })}
                  </td>
                  <td>{one.reminded_at ? when.day_and_time(one.reminded_at) : words("asking.no_letter")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}
