import { useState } from "react";
import { Failed, Loading } from "../../base/states";
import { Button } from "../parts/button";
import { Pick } from "../parts/field";
import { use_words } from "../words";
import { day_on, names, use_rota_clock } from "./clock";
import { type Gap, type Rota, type Stretch, use_rota } from "./desk";
import { Leaves } from "./leaves";
import { HandOverBlock } from "./on_call";
import { ReachBlock } from "./reach";
import { type Draft, Overrides } from "./overrides";
import { Shifts } from "./shifts";

/** Who is on call when, and where nobody is: weeks before it matters. */
export function RotaPage() {
  const words = use_words();
  const [team, set_team] = useState("");
  const [day, set_day] = useState("");
  const [draft, set_draft] = useState<Draft | null>(null);
  const rota = use_rota(team, day);
  return (
    <div className="sheet-page">
      <div className="page-head">
        <h1>{words("rota.title")}</h1>
        <p className="second">{words("rota.lead")}</p>
      </div>
      {rota.isPending && <Loading what={words("rota.loading")} />}
      {rota.isError && !rota.data && <Failed title={words("rota.failed")} error={rota.error} retry={() => void rota.refetch()} />}
      {rota.data && (
        <div className="stack">
          {rota.data.teams.length > 1 && <Pick label={words("rota.team")} value={rota.data.team.id} onChange={set_team} options={rota.data.teams.map((one) => ({ id: one.id, text: one.name }))} />}
          <Now rota={rota.data} />
          <HandOverBlock key={rota.data.team.id} team={rota.data.team.id} />
          <ReachBlock />
          <Gaps
            rota={rota.data}
            take={(gap) => {
              set_team(gap.team.id);
              set_draft({ gap });
            }}
          />
          <Week rota={rota.data} show={set_day} />
          <Overrides key={draft ? draft.gap.from + draft.gap.team.id : ""} rota={rota.data} draft={draft} />
          <Shifts rota={rota.data} />
          <Leaves rota={rota.data} />
        </div>
      )}
    </div>
  );
}

function Now({ rota }: { rota: Rota }) {
  const words = use_words();
  return (
    <section className="block rota-block" aria-labelledby="rota-now">
      <h2 id="rota-now">{words("rota.now", { team: rota.team.name })}</h2>
      {rota.on_call_now.length > 0 ? <p>{names(rota.on_call_now)}</p> : <p>{words(rota.set ? "rota.nobody_now" : "rota.not_set")}</p>}
    </section>
  );
}

function Gaps({ rota, take }: { rota: Rota; take(gap: Gap): void }) {
  const words = use_words();
  const clock = use_rota_clock(rota.time_zone);
  return (
    <section className="block rota-block" aria-labelledby="rota-gaps">
      <h2 id="rota-gaps">{words("rota.gaps", { n: rota.gaps.length })}</h2>
      {rota.gaps.length === 0 && <p className="second">{words("rota.no_gaps")}</p>}
      <ul className="rota-list">
        {rota.gaps.map((gap) => (
          <li key={gap.team.id + gap.from} className="notice">
            <span>{words("rota.gap", { team: gap.team.name, from_day: clock.day(gap.from), from: clock.time(gap.from), until_day: clock.day(gap.until), until: clock.time(gap.until), who: names(gap.away) })}</span>
            <Button size="s" onPress={() => take(gap)}>
              {words("rota.find_someone")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Week({ rota, show }: { rota: Rota; show(day: string): void }) {
  const words = use_words();
  const clock = use_rota_clock(rota.time_zone);
  const monday = rota.days[0]?.day ?? "";
  return (
    <section className="block rota-block" aria-labelledby="rota-week">
      <h2 id="rota-week">{words("rota.week", { day: clock.calendar(monday), team: rota.team.name })}</h2>
      <p className="second small">{words("rota.zone", { zone: rota.time_zone })}</p>
      <div className="rota-moves">
        <Button size="s" onPress={() => show(day_on(monday, -7))}>
          {words("rota.week_before")}
        </Button>
        <Button size="s" onPress={() => show("")}>
          {words("rota.this_week")}
        </Button>
        <Button size="s" onPress={() => show(day_on(monday, 7))}>
          {words("rota.week_after")}
        </Button>
      </div>
      <dl className="rota-week">
        {rota.days.map((day) => (
          <div key={day.day}>
            <dt>{clock.calendar(day.day)}</dt>
            {day.stretches.map((stretch) => (
              <dd key={stretch.from} className={stretch.gap ? "rota-gap" : undefined}>
                <span className="rota-time">
                  {clock.time(stretch.from)}–{clock.time(stretch.until)}
                </span>{" "}
                <Who stretch={stretch} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}

function Who({ stretch }: { stretch: Stretch }) {
  const words = use_words();
  if (stretch.gap) return <strong>{words("rota.gap_here", { who: names(stretch.away) })}</strong>;
  if (stretch.who.length === 0) return <span className="second">{words("rota.nobody")}</span>;
  return (
    <span>
      {names(stretch.who)}
      {stretch.away.length > 0 && <span className="second"> {words("rota.away", { who: names(stretch.away) })}</span>}
    </span>
  );
}
