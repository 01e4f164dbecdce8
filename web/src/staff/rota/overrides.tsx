import { useEffect, useRef, useState } from "react";
import { Button } from "../parts/button";
import { Field, Pick } from "../parts/field";
import { use_told } from "../administration/told";
import { use_words } from "../words";
import { use_rota_clock } from "./clock";
import { type Gap, type Rota, use_add_override, use_remove_override } from "./desk";

/** A gap that somebody is being found for. */
export interface Draft {
  gap: Gap;
}

/** Somebody else takes the calls for a date. */
export function Overrides({ rota, draft }: { rota: Rota; draft: Draft | null }) {
  const words = use_words();
  const told = use_told();
  const clock = use_rota_clock(rota.time_zone);
  const add = use_add_override();
  const drop = use_remove_override();
  const [account, set_account] = useState("");
  const [day, set_day] = useState(draft ? clock.field_day(draft.gap.from) : "");
  const [from, set_from] = useState(draft ? clock.time(draft.gap.from) : "17:00");
  const [to, set_to] = useState(draft ? clock.time(draft.gap.until) : "09:00");
  const form = useRef<HTMLFormElement>(null);
  // Whoever chose a gap goes on here, with the keyboard too.
  useEffect(() => {
    if (draft) form.current?.querySelector("select")?.focus();
  }, [draft]);
  return (
    <section className="block rota-block" aria-labelledby="rota-overrides">
      <h2 id="rota-overrides">{words("rota.overrides")}</h2>
      <p className="second small">{words("rota.overrides_lead")}</p>
      <ul className="rota-list">
        {rota.overrides.map((one) => (
          <li key={one.id}>
            <span>{words("rota.override", { who: one.who.name, day: clock.day(one.from), from: clock.time(one.from), until_day: clock.day(one.until), until: clock.time(one.until) })}</span>
            <Button size="s" look="quiet" onPress={() => drop.mutate(one.id, told(words("rota.removed")))}>
              {words("rota.remove")} <span className="unseen">{one.who.name}, {clock.day(one.from)}</span>
            </Button>
          </li>
        ))}
      </ul>
      <form
        ref={form}
        className="form-row"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ team: draft?.gap.team.id ?? rota.team.id, account, day, from, to }, told(words("rota.taken"), () => set_account("")));
        }}
      >
        <Pick label={words("rota.who")} value={account} onChange={set_account} none={words("rota.choose")} options={rota.staff.map((one) => ({ id: one.id, text: one.name }))} />
        <Field label={words("rota.on_day")} type="date" value={day} onChange={set_day} />
        <Field label={words("rota.from")} type="time" value={from} onChange={set_from} />
        <Field label={words("rota.to")} type="time" value={to} onChange={set_to} hint={words("rota.next_day")} />
        <Button type="submit" look="primary" isDisabled={!account || !day || !from || !to || add.isPending}>
          {words("rota.take")}
        </Button>
      </form>
    </section>
  );
}
