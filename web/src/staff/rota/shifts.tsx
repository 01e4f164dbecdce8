import { useState } from "react";
import { use_told } from "../administration/told";
import { Button } from "../parts/button";
import { Field, Pick } from "../parts/field";
import { type WordId, use_words } from "../words";
import { type Rota, use_add_shift, use_remove_shift } from "./desk";

const days = [1, 2, 3, 4, 5, 6, 7];

/** The pattern: each week again. */
export function Shifts({ rota }: { rota: Rota }) {
  const words = use_words();
  const told = use_told();
  const add = use_add_shift();
  const drop = use_remove_shift();
  const [account, set_account] = useState("");
  const [weekday, set_weekday] = useState("1");
  const [from, set_from] = useState("17:00");
  const [to, set_to] = useState("09:00");
  const name_of = (day: number) => words(`rota.day_${day}` as WordId);
  return (
    <section className="block rota-block" aria-labelledby="rota-shifts">
      <h2 id="rota-shifts">{words("rota.shifts", { team: rota.team.name })}</h2>
      {rota.shifts.length === 0 && <p className="second">{words("rota.no_shifts")}</p>}
      <ul className="rota-list">
        {rota.shifts.map((one) => (
          <li key={one.id}>
            <span>{words("rota.shift", { who: one.who.name, day: name_of(one.weekday), from: one.from, to: one.to })}</span>
            <Button size="s" look="quiet" onPress={() => drop.mutate(one.id, told(words("rota.removed")))}>
              {words("rota.remove")} <span className="unseen">{one.who.name}, {name_of(one.weekday)}</span>
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="form-row"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ team: rota.team.id, account, weekday: Number(weekday), from, to }, told(words("rota.shift_added")));
        }}
      >
        <Pick label={words("rota.who")} value={account} onChange={set_account} none={words("rota.choose")} options={rota.staff.map((one) => ({ id: one.id, text: one.name }))} />
        <Pick label={words("rota.weekday")} value={weekday} onChange={set_weekday} options={days.map((day) => ({ id: String(day), text: name_of(day) }))} />
        <Field label={words("rota.from")} type="time" value={from} onChange={set_from} />
        <Field label={words("rota.to")} type="time" value={to} onChange={set_to} hint={words("rota.next_day")} />
        <Button type="submit" look="primary" isDisabled={!account || !from || !to || add.isPending}>
          {words("rota.add_shift")}
        </Button>
      </form>
    </section>
  );
}
