import { useState, type FormEvent } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { MemoryItem } from "../../api/generated";
import { Button } from "../../base/button";
import { get, post, put, remove } from "../../base/client";
import { Choice_field, Field } from "../../base/field";
import { Empty, Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { go } from "../router";
import { Shell } from "../shell/shell";
import "../plan/plan.css";
import "./more.css";

type Kind = MemoryItem["kind"];
const kinds: readonly Kind[] = ["name", "goal", "person", "helps", "trigger"];
const key = ["memory"];

/** Item by item: seen, changed, forgotten. */
export default function Memory() {
  const t = use_text();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: key, queryFn: ({ signal }) => get("/memory", { signal }) });
  const refresh = () => queries.invalidateQueries({ queryKey: key });
  const items = list.data?.items ?? [];
  return (
    <Shell title={t("memory.title")} back="/more">
      <div>
        <h2 className="voice">{t("memory.heading")}</h2>
        <p className="second">{t("memory.lead")}</p>
      </div>
      {list.isPending && <Loading what={t("memory.loading")} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <Empty title={t("memory.none")}><p>{t("memory.none_why")}</p></Empty>}
      {kinds.filter((kind) => items.some((item) => item.kind === kind)).map((kind) => (
        <section key={kind} className="remembered" aria-labelledby={`memory-${kind}`}>
          <h3 id={`memory-${kind}`}>{t(`memory.${kind}`)}</h3>
          <ul>
            {items.filter((item) => item.kind === kind).map((item) => <Item key={item.id} item={item} refresh={refresh} />)}
          </ul>
        </section>
      ))}
      {list.data && <Add refresh={refresh} />}
      <Without_memory />
      {items.length > 0 && <Forget_all refresh={refresh} />}
    </Shell>
  );
}

function Item({ item, refresh }: { item: MemoryItem; refresh: () => Promise<void> }) {
  const t = use_text();
  const [text, set_text] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: (words: string) => put("/memory/{item}", { path: { item: item.id }, body: { text: words } }),
    onSuccess: () => (set_text(null), refresh()),
  });
  const forget = useMutation({ mutationFn: () => remove("/memory/{item}", { path: { item: item.id } }), onSuccess: refresh });
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (text?.trim()) change.mutate(text.trim());
  };
  return (
    <li>
      {text === null ? (
        <>
          <span className="own" dir="auto">{item.text}</span>
          <span className="item-acts">
            <Button kind="quiet" aria-label={t("memory.change_named", { what: item.text })} onClick={() => set_text(item.text)}>{t("memory.change")}</Button>
            <Button kind="quiet" aria-label={t("memory.forget_named", { what: item.text })} busy={forget.isPending} onClick={() => forget.mutate()}>{t("memory.forget")}</Button>
          </span>
        </>
      ) : (
        <form onSubmit={save}>
          <Field label={t(`memory.${item.kind}`)} value={text} maxLength={300} onChange={(event) => set_text(event.target.value)} />
          <span className="item-acts">
            <Button kind="secondary" type="submit" busy={change.isPending}>{t("memory.save")}</Button>
            <Button kind="quiet" onClick={() => set_text(null)}>{t("memory.leave_it")}</Button>
          </span>
        </form>
      )}
      {(change.isError || forget.isError) && <Failed error={change.error ?? forget.error} />}
    </li>
  );
}

function Add({ refresh }: { refresh: () => Promise<void> }) {
  const t = use_text();
  const [kind, set_kind] = useState<Kind>("helps");
  const [text, set_text] = useState("");
  const [wrong, set_wrong] = useState("");
  const add = useMutation({ mutationFn: () => post("/memory", { body: { kind, text: text.trim() } }), onSuccess: () => (set_text(""), refresh()) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") {
      set_wrong(t("memory.text_wrong"));
      document.getElementById("memory-text")?.focus();
      return;
    }
    set_wrong("");
    add.mutate();
  };
  return (
    <form className="section stack form" onSubmit={submit} noValidate>
      <h2>{t("memory.add")}</h2>
      <Choice_field label={t("memory.what")} value={kind} onChange={(chosen) => set_kind(kinds.find((each) => each === chosen) ?? "helps")}>
        {kinds.map((each) => <option key={each} value={each}>{t(`memory.${each}`)}</option>)}
      </Choice_field>
      <Field id="memory-text" label={t("memory.text")} hint={t(`memory.${kind}_hint`)} value={text} maxLength={300} wrong={wrong || undefined} onChange={(event) => set_text(event.target.value)} />
      {add.isError && <Failed error={add.error} />}
      <div><Button kind="primary" type="submit" busy={add.isPending}>{t("memory.add_button")}</Button></div>
    </form>
  );
}

/** A chat in which nothing of this is offered, used or kept. */
function Without_memory() {
  const t = use_text();
  const queries = useQueryClient();
  const fresh = useMutation({
    mutationFn: () => post("/conversation/new", { body: { memory: false } }),
    onSuccess: (conversation) => {
      queries.setQueryData(["conversation"], conversation);
      go("/talk");
    },
  });
  return (
    <section className="section" aria-labelledby="without-memory">
      <h2 id="without-memory">{t("memory.without")}</h2>
      <p>{t("memory.without_what")}</p>
      <div><Button onClick={() => fresh.mutate()} busy={fresh.isPending}>{t("privacy.new_without")}</Button></div>
      {fresh.isError && <Failed error={fresh.error} />}
    </section>
  );
}

function Forget_all({ refresh }: { refresh: () => Promise<void> }) {
  const t = use_text();
  const [sure, set_sure] = useState(false);
  const forget = useMutation({ mutationFn: () => remove("/memory"), onSuccess: () => (set_sure(false), refresh()) });
  return (
    <section className="section" aria-labelledby="forget-all">
      <h2 id="forget-all">{t("memory.forget_all")}</h2>
      <p>{t("memory.forget_all_what")}</p>
      {sure ? (
        <div className="pair">
          <Button onClick={() => forget.mutate()} busy={forget.isPending}>{t("memory.forget_all_yes")}</Button>
          <Button kind="quiet" onClick={() => set_sure(false)}>{t("memory.leave_it")}</Button>
        </div>
      ) : (
        <div><Button onClick={() => set_sure(true)}>{t("memory.forget_all")}</Button></div>
      )}
      {forget.isError && <Failed error={forget.error} />}
    </section>
  );
}
