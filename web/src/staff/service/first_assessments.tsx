import type { Named } from "../nouns";
import { Pick } from "../parts/field";
import { use_tell } from "../parts/toast";
import { use_said } from "../person/treatment";
import { use_name_reader, use_unread_first } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";

/** Whose it is to read: a clinician of the person's team. */
export function Reader({ person, named }: { person: string; named: Named | undefined }) {
  const words = use_words();
  const said = use_said();
  const { tell } = use_tell();
  const unread = use_unread_first();
  const name = use_name_reader();
  const may_read = unread.data?.items.find((one) => one.person === person)?.may_read;
  if (!may_read) return <p className={named ? "second" : undefined}>{named ? words("first.reader", { name: named.name }) : words("first.no_reader")}</p>;
  const give = (account: string) => account && name.mutate({ person, account }, { onSuccess: () => tell(words("first.named")), onError: (told) => tell(said(told)) });
  return <Pick label={words("first.name_reader")} value={named?.id ?? ""} none={words("first.nobody")} onChange={give} options={may_read.map((one) => ({ id: one.id, text: one.name }))} />;
}

/** What waits to be read, for a lead: of which team and since when, never whose it is. */
export function FirstAssessments() {
  const words = use_words();
  const when = use_when();
  const unread = use_unread_first();
  if (!unread.data) return null;
  return (
    <section className="block" aria-labelledby="first-waiting">
      <h2 id="first-waiting">{words("first.list")}</h2>
      {unread.data.items.length === 0 && <p className="second">{words("first.list_none")}</p>}
      <ul className="open-list">
        {unread.data.items.map((one) => (
          <li key={one.person}>
            <span>{words("first.list_one", { team: one.team, at: when.date(one.sent_at) })}</span>
            <span className={one.overdue ? "heavy" : "second"}>{words(one.overdue ? "first.overdue" : "first.due", { at: when.date(one.due_at) })}</span>
            <Reader person={one.person} named={one.reader} />
          </li>
        ))}
      </ul>
    </section>
  );
}
