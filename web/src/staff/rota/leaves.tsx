import { useState } from "react";
import { use_told } from "../administration/told";
import { Button } from "../parts/button";
import { Field, Pick } from "../parts/field";
import { use_words } from "../words";
import { use_rota_clock } from "./clock";
import { type Rota, use_add_leave, use_remove_leave } from "./desk";

/** Who is away: their shifts are gaps until somebody takes them. */
export function Leaves({ rota }: { rota: Rota }) {
  const words = use_words();
  const told = use_told();
  const clock = use_rota_clock(rota.time_zone);
  const add = use_add_leave();
  const drop = use_remove_leave();
  const [account, set_account] = useState("");
  const [first, set_first] = useState("");
  const [last, set_last] = useState("");
  return (
    <section className="block rota-block" aria-labelledby="rota-leave">
      <h2 id="rota-leave">{words("rota.leaves")}</h2>
      <p className="second small">{words("rota.leaves_lead")}</p>
      <ul className="rota-list">
        {rota.leaves.map((one) => (
          <li key={one.id}>
            <span>{words("rota.leave", { who: one.who.name, first: clock.calendar(one.first), last: clock.calendar(one.last) })}</span>
            <Button size="s" look="quiet" onPress={() => drop.mutate(one.id, told(words("rota.removed")))}>
              {words("rota.remove")} <span className="unseen">{one.who.name}, {clock.calendar(one.first)}</span>
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="form-row"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(
            { account, first, last: last || first },
            told(words("rota.leave_added"), () => {
              set_account("");
              set_first("");
              set_last("");
            }),
          );
        }}
      >
        <Pick label={words("rota.who")} value={account} onChange={set_account} none={words("rota.choose")} options={rota.staff.map((one) => ({ id: one.id, text: one.name }))} />
        <Field label={words("rota.first_day")} type="date" value={first} onChange={set_first} />
        <Field label={words("rota.last_day")} type="date" value={last} onChange={set_last} />
        <Button type="submit" look="primary" isDisabled={!account || !first || add.isPending}>
          {words("rota.add_leave")}
        </Button>
      </form>
    </section>
  );
}
