import { type FormEvent, useState } from "react";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { use_words } from "../words";
import { type FirstSettings, use_first_settings, use_save_first_settings } from "./desk";
import { use_told } from "./told";

/** Whether people are asked at the start, and by when somebody has read it. */
export function FirstQuestions() {
  const settings = use_first_settings();
  return settings.data ? <Form key={JSON.stringify(settings.data)} given={settings.data} /> : null;
}

function Form({ given }: { given: FirstSettings }) {
  const words = use_words();
  const told = use_told();
  const save = use_save_first_settings();
  const [on, set_on] = useState(given.on);
  const [days, set_days] = useState(String(given.read_within_days));
  const [problem, set_problem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read_within_days = Number(days);
    if (!Number.isInteger(read_within_days) || read_within_days < 1 || read_within_days > 10) return set_problem(words("settings.first_wrong"));
    set_problem(null);
    save.mutate({ on, read_within_days }, told(words("settings.saved")));
  };
  return (
    <form className="settings" onSubmit={submit} noValidate>
      <section className="block stack">
        <h2>{words("settings.first")}</h2>
        <p className="second small">{words("settings.first_what")}</p>
        <label className="tick">
          <input type="checkbox" checked={on} onChange={(event) => set_on(event.target.checked)} /> {words("settings.first_on")}
        </label>
        <Field label={words("settings.first_days")} hint={words("settings.first_days_hint")} inputMode="numeric" value={days} onChange={set_days} problem={problem} />
        <Button type="submit" isDisabled={save.isPending}>
          {words("settings.first_save")}
        </Button>
      </section>
    </form>
  );
}
