import type { ListEntry } from "../nouns";
import { Pick } from "../parts/field";
import { use_tell } from "../parts/toast";
import { use_said } from "../person/treatment";
import { use_list_entries, use_name_owner } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";

/** What is for soon and waits for somebody to look, for a lead: of which team and since when, never about whom. */
export function ListEntries() {
  const words = use_words();
  const entries = use_list_entries();
  if (!entries.data) return null;
  const by_person = new Map<string, ListEntry[]>();
  for (const one of entries.data.items) by_person.set(one.person, [...(by_person.get(one.person) ?? []), one]);
  return (
    <section className="block" aria-labelledby="list-entries">
      <h2 id="list-entries">{words("looked.list")}</h2>
      {by_person.size === 0 && <p className="second">{words("looked.list_none")}</p>}
      <ul className="open-list">
        {[...by_person.values()].map((of_person) => (
          <Entry key={of_person[0]?.person} of_person={of_person} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ of_person }: { of_person: readonly ListEntry[] }) {
  const words = use_words();
  const when = use_when();
  const said = use_said();
  const { tell } = use_tell();
  const name = use_name_owner();
  const first = of_person[0];
  if (!first) return null;
  const give = (account: string) => account && name.mutate({ person: first.person, account }, { onSuccess: () => tell(words("first.named")), onError: (told) => tell(said(told)) });
  const is_clinician = first.may_own.some((one) => one.id === first.owner?.id);
  return (
    <li>
      <span>{words("looked.list_one", { team: first.team, n: of_person.length, at: when.date(first.made_at) })}</span>
      <span className={first.overdue ? "heavy" : "second"}>{words(first.overdue ? "looked.list_overdue" : "looked.list_due", { at: when.date(first.due_at) })}</span>
      {of_person.some((one) => one.beyond === "team") && <span className="heavy">{words("load.beyond_team")}</span>}
      <Pick label={words("looked.name_owner")} value={is_clinician ? (first.owner?.id ?? "") : ""} none={first.owner && !is_clinician ? words("looked.lead_has_it", { name: first.owner.name }) : words("first.nobody")} onChange={give} options={first.may_own.map((one) => ({ id: one.id, text: one.name }))} />
    </li>
  );
}
