import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { get, put } from "../../base/client";
import { as_problem } from "../../base/problem";
import { Failed } from "../../base/states";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Sheet } from "../parts/sheet";
import { use_tell } from "../parts/toast";
import { use_change } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { use_said } from "./treatment";

const use_links = (person: string) => useQuery({ queryKey: ["person", person, "supporter-links"], queryFn: () => get("/people/{person}/supporter-links", { path: { person } }), retry: false });
const use_understood = () => use_change(({ note, ...path }: { person: string; supporter: string; note: string }, key) => put("/people/{person}/supporter-links/{supporter}/understood", { path, body: { note }, key }), (queries) => void queries.invalidateQueries({ queryKey: ["person"] }));

/** Whom somebody who may be too young lets see parts of their safety plan. Of anybody else nothing stands here: it is not the team's. */
export function Supporter_links({ person, first }: { person: string; first: string }) {
  const words = use_words();
  const when = use_when();
  const links = use_links(person);
  const [open, set_open] = useState<string | null>(null);
  if (links.isError && !links.data) return as_problem(links.error).status === 403 ? null : <Failed title={words("links.failed")} error={links.error} retry={() => void links.refetch()} />;
  if (!links.data || links.data.items.length === 0) return null;
  return (
    <section className="asking" aria-labelledby="links-title">
      <h2 id="links-title">{words("links.title")}</h2>
      <p className="second small">{words("links.lead", { name: first })}</p>
      <ul className="asking-list">
        {links.data.items.map(({ id, name, relation, link }) => (
          <li key={id}>
            <div className="asking-head">
              <h3>{[name, relation].filter(Boolean).join(", ")}</h3>
              {link.state === "waits" && (
                <Button size="s" look="primary" onPress={() => set_open(id)}>
                  {words("close.understood")}
                </Button>
              )}
            </div>
            {link.state === "waits" && <p><strong>{words("links.waits", { name: first, age: links.data.competence_below })}</strong></p>}
            {link.understood && <p>{words("close.was_understood", { by: link.understood.by ?? words("review.someone"), date: when.date(link.understood.at) })} <q className="their-words">{link.understood.note}</q></p>}
            <p className="second">{words("links.until", { n: link.shares.length, date: when.date(link.ends_at) })}</p>
          </li>
        ))}
      </ul>
      <Sheet title={words("close.understood_title", { name: first })} open={open !== null} close={() => set_open(null)}>
        {open && <Note person={person} supporter={open} first={first} done={() => set_open(null)} />}
      </Sheet>
    </section>
  );
}

function Note({ person, supporter, first, done }: { person: string; supporter: string; first: string; done(): void }) {
  const words = use_words();
  const understood = use_understood();
  const said = use_said();
  const { tell } = use_tell();
  const [note, set_note] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        understood.mutate({ person, supporter, note: note.trim() }, { onSuccess: () => (tell(words("close.noted")), done()), onError: (told) => set_problem(told.status === 422 ? words("close.write_it") : said(told)) });
      }}
    >
      <p>{words("links.means", { name: first })}</p>
      <Field label={words("close.understood_label")} hint={words("close.understood_hint", { name: first })} lines={3} value={note} onChange={set_note} problem={problem} />
      <Button look="primary" type="submit" isDisabled={understood.isPending}>
        {words("close.note_save")}
      </Button>
    </form>
  );
}
