import { useState } from "react";
import { use_service } from "../../base/service";
import { Empty, Failed, Loading } from "../../base/states";
import { Button } from "../parts/button";
import { Field, Pick } from "../parts/field";
import { use_tell } from "../parts/toast";
import { use_when } from "../when";
import { use_words } from "../words";
import { type LocalHelp, use_local_help, use_save_local_help } from "./desk";
import { Head } from "./head";

const kinds = ["talking", "group", "clinic", "drop_in", "practical", "other"] as const;
const costs = ["free", "some", "paid"] as const;

/** One entry as it is typed: each field a text, so that half a number can stand there. */
interface Draft {
  name: string;
  kind: LocalHelp["kind"];
  what: string;
  cost: string;
  hours: string;
  languages: string;
  country: string;
  place: string;
  town: string;
  at: string;
  phone: string;
  web: string;
  checked_on: string;
  checked_by: string;
  check_again: boolean;
}

const draft_of = (one: LocalHelp): Draft => ({
  name: one.name, kind: one.kind, what: one.what ?? "", cost: one.cost ?? "", hours: one.hours ?? "", languages: one.languages.join(", "), country: one.country, place: one.place ?? "", town: one.town ?? "",
  at: one.at ? `${one.at.latitude}, ${one.at.longitude}` : "", phone: one.phone ?? "", web: one.web ?? "", checked_on: one.checked_on, checked_by: one.checked_by, check_again: one.check_again,
});

/** "53.35, -6.26"; undefined when nothing stands there, null when it is no place. */
export function coordinates(text: string): { latitude: number; longitude: number } | null | undefined {
  if (text.trim() === "") return undefined;
  const found = /^\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  return found ? { latitude: Number(found[1]), longitude: Number(found[2]) } : null;
}

const wanted_of = ({ at, languages, cost, checked_by: _by, check_again: _again, ...one }: Draft) => {
  const place = coordinates(at);
  return { ...one, languages: languages.split(/[,\s]+/).filter(Boolean), ...(cost ? { cost: cost as "free" | "some" | "paid" } : {}), ...(place ? { at: place } : {}) };
};

/** Help near by that the service itself knows. Crisis lines have a page and rules of their own. */
export function LocalHelpPage() {
  const words = use_words();
  const list = use_local_help();
  return (
    <>
      <Head title={words("admin.local")} lead={words("local.lead")} />
      {list.isPending && <Loading what={words("admin.loading")} />}
      {list.isError && !list.data && <Failed title={words("admin.failed")} error={list.error} retry={() => void list.refetch()} />}
      {list.data && <Form key={list.data.version} items={list.data.items} version={list.data.version} />}
    </>
  );
}

function Form({ items: before, version }: { items: readonly LocalHelp[]; version: number }) {
  const words = use_words();
  const when = use_when();
  const { tell } = use_tell();
  const service = use_service();
  const save = use_save_local_help();
  const [items, set_items] = useState<Draft[]>(() => before.map(draft_of));
  const [problem, set_problem] = useState<string | null>(null);
  const countries = (service.data?.countries ?? []).map((one) => ({ id: one.code, text: one.name }));
  const change = (at: number, part: Partial<Draft>) => set_items((all) => all.map((one, i) => (i === at ? { ...one, ...part } : one)));
  const fresh = (): Draft => ({ name: "", kind: "talking", what: "", cost: "", hours: "", languages: "en", country: items.at(-1)?.country ?? countries[0]?.id ?? "IE", place: "", town: "", at: "", phone: "", web: "", checked_on: new Date().toISOString().slice(0, 10), checked_by: "", check_again: false });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = items.find((one) => coordinates(one.at) === null);
        set_problem(wrong ? words("local.at_wrong", { name: wrong.name }) : null);
        if (!wrong) save.mutate({ items: items.map(wanted_of), version }, { onSuccess: () => tell(words("replies.saved")), onError: (told) => set_problem(told.no_network ? words("staff.no_answer_detail") : told.detail || words("staff.not_done")) });
      }}
    >
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      {items.length === 0 && <Empty title={words("local.none")} />}
      {items.map((one, at) => (
        <fieldset key={at} className="reply-fields">
          <legend className="unseen">{one.name || words("local.one", { n: at + 1 })}</legend>
          {one.checked_by && (
            <p className="second small">
              {words("local.checked", { by: one.checked_by, day: when.date(one.checked_on) })}
              {one.check_again && <strong> {words("lines.check_again")}</strong>}
            </p>
          )}
          <Field label={words("local.name")} value={one.name} onChange={(name) => change(at, { name })} />
          <Pick label={words("local.kind")} value={one.kind} onChange={(kind) => change(at, { kind: kinds.find((each) => each === kind) ?? "other" })} options={kinds.map((id) => ({ id, text: words(`local.kind_${id}`) }))} />
          <Field label={words("local.what")} lines={2} value={one.what} onChange={(what) => change(at, { what })} />
          <Pick label={words("local.cost")} value={one.cost} none={words("local.cost_unknown")} onChange={(cost) => change(at, { cost })} options={costs.map((id) => ({ id, text: words(`local.cost_${id}`) }))} />
          <Field label={words("local.hours")} hint={words("local.hours_hint")} value={one.hours} onChange={(hours) => change(at, { hours })} />
          <Field label={words("local.languages")} value={one.languages} onChange={(languages) => change(at, { languages })} />
          <Pick label={words("lines.country")} value={one.country} onChange={(country) => change(at, { country })} options={countries.length > 0 ? countries : [{ id: one.country, text: one.country }]} />
          <Field label={words("local.place")} value={one.place} onChange={(place) => change(at, { place })} />
          <Field label={words("local.town")} value={one.town} onChange={(town) => change(at, { town })} />
          <Field label={words("local.at")} hint={words("local.at_hint")} value={one.at} onChange={(place) => change(at, { at: place })} />
          <Field label={words("local.phone")} type="tel" value={one.phone} onChange={(phone) => change(at, { phone })} />
          <Field label={words("local.web")} type="url" value={one.web} onChange={(web) => change(at, { web })} />
          <Field label={words("lines.checked_on")} type="date" value={one.checked_on} onChange={(checked_on) => change(at, { checked_on })} max={new Date().toISOString().slice(0, 10)} />
          <Button size="s" look="quiet" onPress={() => set_items((all) => all.filter((_, i) => i !== at))}>
            {words("replies.remove")}
          </Button>
        </fieldset>
      ))}
      <div className="row-between">
        <Button onPress={() => set_items((all) => [...all, fresh()])}>{words("replies.add")}</Button>
        <Button type="submit" look="primary" isDisabled={save.isPending}>
          {words("replies.save")}
        </Button>
      </div>
    </form>
  );
}
