import { type FormEvent, useState } from "react";
import { Failed, Loading } from "../../base/states";
import { Button } from "../parts/button";
import { Field, Pick } from "../parts/field";
import { use_age } from "../parts/who";
import { use_words } from "../words";
import { type Settings, use_accounts, use_save_settings, use_settings } from "./desk";
import { FirstQuestions } from "./first_questions";
import { Head } from "./head";
import { Hours } from "./hours";
import { use_told } from "./told";

/** Who answers, when, and what people are told about it: every sentence about staffed hours is made from these. */
export function SettingsForm() {
  const words = use_words();
  const settings = use_settings();
  return (
    <>
      <Head title={words("admin.settings")} lead={words("settings.lead")} />
      {settings.isPending && <Loading what={words("admin.loading")} />}
      {settings.isError && !settings.data && <Failed title={words("admin.failed")} error={settings.error} retry={() => void settings.refetch()} />}
      {settings.data && <Form key={settings.data.version} given={settings.data} />}
      <FirstQuestions />
    </>
  );
}

const bands: readonly Settings["minimum_age_band"][] = ["under_13", "13_17", "18_25", "26_64", "65_plus"];

function Form({ given }: { given: Settings }) {
  const words = use_words();
  const told = use_told();
  const accounts = use_accounts();
  const save = use_save_settings();
  const [draft, set_draft] = useState<Settings>(given);
  const [problem, set_problem] = useState<string | null>(null);
  const change = (part: Partial<Settings>) => set_draft((before) => ({ ...before, ...part }));
  const age = use_age();
  const staff = (accounts.data?.items ?? []).filter((account) => (account.role === "clinician" || account.role === "lead") && account.state === "active");
  const own = draft.own_line ?? { name: "", phone: "", hours: "" };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!draft.service_name.trim() || !draft.time_zone.trim()) {
      set_problem(words("settings.name_missing"));
      return;
    }
    if (!/^https:\/\/./.test(draft.leave_url)) {
      set_problem(words("settings.leave_wrong"));
      return;
    }
    if (!(draft.retention_days >= 1)) {
      set_problem(words("settings.retention_wrong"));
      return;
    }
    set_problem(null);
    const { test_pages: _, soon_people_shipped: __, safety_officer, ...rest } = draft;
    save.mutate({ ...rest, ...(safety_officer ? { safety_officer } : {}), out_of_hours_number: draft.out_of_hours_number?.trim() ?? "", own_line: { name: own.name.trim(), phone: own.phone.trim(), hours: own.hours?.trim() ?? "" } }, told(words("settings.saved")));
  };
  return (
    <form className="settings" onSubmit={submit} noValidate>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <section className="block stack">
        <h2>{words("settings.people")}</h2>
        <Pick label={words("settings.officer")} value={draft.safety_officer ?? ""} none={words("settings.nobody")} onChange={(safety_officer) => change({ safety_officer })} options={staff.map((account) => ({ id: account.id, text: account.display_name }))} />
        <fieldset>
          <legend className="choice-label">{words("settings.responders")}</legend>
          <div className="ticks">
            {staff.map((account) => (
              <label key={account.id} className="tick">
                <input type="checkbox" checked={draft.responders.includes(account.id)} onChange={(event) => change({ responders: event.target.checked ? [...draft.responders, account.id] : draft.responders.filter((id) => id !== account.id) })} />
                {account.display_name}
              </label>
            ))}
          </div>
        </fieldset>
      </section>
      <section className="block stack">
        <h2>{words("settings.hours")}</h2>
        <Hours value={draft.staffed_hours} onChange={(staffed_hours) => change({ staffed_hours })} />
        <Field label={words("settings.zone")} hint={words("settings.zone_hint")} value={draft.time_zone} onChange={(time_zone) => change({ time_zone })} />
        <Field label={words("settings.out_of_hours")} hint={words("settings.out_of_hours_hint")} type="tel" value={draft.out_of_hours_number ?? ""} onChange={(out_of_hours_number) => change({ out_of_hours_number })} />
      </section>
      <section className="block stack">
        <h2>{words("settings.own_line")}</h2>
        <p className="second small">{words("settings.own_line_what")}</p>
        <Field label={words("settings.own_name")} value={own.name} onChange={(name) => change({ own_line: { ...own, name } })} />
        <Field label={words("card.telephone")} type="tel" value={own.phone} onChange={(phone) => change({ own_line: { ...own, phone } })} />
        <Field label={words("settings.own_hours")} value={own.hours ?? ""} onChange={(hours) => change({ own_line: { ...own, hours } })} />
      </section>
      <section className="block stack">
        <h2>{words("settings.service")}</h2>
        <Field label={words("settings.name")} hint={words("settings.name_hint")} value={draft.service_name} onChange={(service_name) => change({ service_name })} />
        <Field label={words("settings.leave")} hint={words("settings.leave_hint")} type="url" value={draft.leave_url} onChange={(leave_url) => change({ leave_url })} />
        <Field label={words("settings.retention")} hint={words("settings.retention_hint")} inputMode="numeric" value={String(draft.retention_days || "")} onChange={(days) => change({ retention_days: Number.parseInt(days, 10) || 0 })} />
        <Field label={words("settings.soon_people")} hint={words("settings.soon_people_hint", { n: draft.soon_people_shipped })} inputMode="numeric" value={String(draft.soon_people || "")} onChange={(people) => change({ soon_people: Number.parseInt(people, 10) || undefined })} />
        <Pick label={words("settings.age")} value={draft.minimum_age_band} onChange={(band) => change({ minimum_age_band: band as Settings["minimum_age_band"] })} options={bands.map((id) => ({ id, text: age(id) }))} />
      </section>
      <div className="sign-bar">
        <p className="second">{words("settings.recorded")}</p>
        <Button type="submit" look="primary" isDisabled={save.isPending}>
          {words("settings.save")}
        </Button>
      </div>
    </form>
  );
}
