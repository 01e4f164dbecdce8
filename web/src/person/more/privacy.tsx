import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import type { Access, Purpose, SentWords } from "../../api/generated";
import { Button, Link_button } from "../../base/button";
import { get, post, put } from "../../base/client";
import { Ai_mark, Human_mark } from "../../base/marks";
import { served_or } from "../../base/served";
import { Empty, Failed, Loading } from "../../base/states";
import { use_text, use_when } from "../../base/text";
import { Yes_no } from "../parts";
import { go, href } from "../router";
import { Shell } from "../shell/shell";
import { role_word, Said } from "../spoken";
import "./more.css";

export default function Privacy() {
  const t = use_text();
  return (
    <Shell title={t("more.privacy_title")} back="/more">
      <Looked />
      <div className="pair">
        <Link_button kind="secondary" href={href("/talk")}>{t("privacy.ask")}</Link_button>
        <Link_button kind="secondary" icon={Download} href="/api/v1/privacy/download" download="">{t("privacy.copy")}</Link_button>
      </div>
      <Consents />
      <Who_reads />
      <Sent />
      <Memory />
      <section className="section">
        <h2>{t("privacy.delete_title")}</h2>
        <p>{t("privacy.delete_lead")} <a href={href("/more/delete")}>{t("privacy.delete_link")}</a></p>
      </section>
    </Shell>
  );
}

/** The software itself, not a human: never lit. */
const by_itself = (access: Access) => access.role === "system" || access.role === "ai";

function Looked() {
  const t = use_text();
  const when = use_when();
  const [older, set_older] = useState<Access[]>([]);
  const [next, set_next] = useState<string | null>();
  const list = useQuery({ queryKey: ["accesses"], queryFn: ({ signal }) => get("/privacy/accesses", { signal }) });
  const cursor = next === undefined ? list.data?.next : next;
  const more = async () => {
    const page = await get("/privacy/accesses", { query: { before: cursor ?? undefined } });
    set_older([...older, ...page.items]);
    set_next(page.next ?? null);
  };
  return (
    <section aria-labelledby="looked">
      <h2 className="voice" id="looked">{t("privacy.looked")}</h2>
      <p className="second">{t("privacy.looked_lead")}</p>
      {list.isPending && <Loading what={t("privacy.loading")} />}
      {list.isError && <Failed title={t("privacy.failed")} safe={t("privacy.failed_safe")} error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={t("privacy.nobody_looked")} />}
      {list.data && list.data.items.length > 0 && (
        <ul className="looked">
          {[...list.data.items, ...older].map((one, index) => (
            <li key={`${one.at}${index}`}>
              {by_itself(one) ? <Ai_mark /> : <Human_mark name={one.who} />}
              <div>
                <strong>{by_itself(one) ? <Said text={one.who} /> : t("privacy.who", { name: served_or(one.who, one.who), role: role_word(one.role) })}</strong>
                <p><Said text={one.what} /></p>
                <p className="second">{when.day_and_time(one.at)}.{one.times ? ` ${t("privacy.times", { n: one.times })}` : ""}{one.why ? ` ${one.why}` : ""}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {cursor && <p className="older"><button type="button" className="link" onClick={() => void more()}>{t("privacy.older")}</button></p>}
    </section>
  );
}

function Consents() {
  const t = use_text();
  const queries = useQueryClient();
  const consents = useQuery({ queryKey: ["consents"], queryFn: ({ signal }) => get("/consents", { signal }) });
  const change = useMutation({
    mutationFn: (purpose: Purpose) => put("/consents", { body: { purposes: [{ id: purpose.id, granted: !purpose.granted }] } }),
    onSuccess: (now) => queries.setQueryData(["consents"], now),
  });
  return (
    <section className="section first" aria-labelledby="may-read">
      <h2 id="may-read">{t("privacy.may_read")}</h2>
      {consents.isPending && <Loading what={t("privacy.loading")} />}
      {consents.isError && <Failed error={consents.error} retry={() => void consents.refetch()} />}
      {consents.data?.purposes.map((purpose) => (
        <Yes_no key={purpose.id} on={purpose.granted} busy={change.isPending} onChange={() => change.mutate(purpose)}>
          <Said text={purpose.text} /><span className="second small why"><Said text={purpose.consequence} /></span>
        </Yes_no>
      ))}
      {change.isError && <Failed title={t("privacy.not_changed")} error={change.error} />}
    </section>
  );
}

/** What went to a language model, to the letter: nothing here when nothing ever did. */
function Sent() {
  const t = use_text();
  const when = use_when();
  const [older, set_older] = useState<SentWords[]>([]);
  const [next, set_next] = useState<string | null>();
  const sent = useQuery({ queryKey: ["sent"], queryFn: ({ signal }) => get("/privacy/sent", { signal }) });
  const cursor = next === undefined ? sent.data?.next : next;
  const more = async () => {
    const page = await get("/privacy/sent", { query: { before: cursor ?? undefined } });
    set_older([...older, ...page.items]);
    set_next(page.next ?? null);
  };
  if (sent.data?.items.length === 0) return null;
  return (
    <section className="section" aria-labelledby="sent">
      <h2 id="sent">{t("privacy.sent")}</h2>
      <p className="second">{t("privacy.sent_lead")}</p>
      {sent.isPending && <Loading what={t("privacy.loading")} />}
      {sent.isError && <Failed error={sent.error} retry={() => void sent.refetch()} />}
      {[...(sent.data?.items ?? []), ...older].map((one, index) => (
        <details key={`${one.at}${index}`} className="sent">
          <summary>{t("privacy.sent_to", { name: one.to, what: one.address })} <span className="second">{when.day_and_time(one.at)}</span></summary>
          <p className="sent-words">{one.words}</p>
        </details>
      ))}
      {cursor && <p className="older"><button type="button" className="link" onClick={() => void more()}>{t("privacy.older")}</button></p>}
    </section>
  );
}

/** A new chat, with or without what was said before. */
function Memory() {
  const t = use_text();
  const queries = useQueryClient();
  const fresh = useMutation({
    mutationFn: (memory: boolean) => post("/conversation/new", { body: { memory } }),
    onSuccess: (conversation) => {
      queries.setQueryData(["conversation"], conversation);
      go("/talk");
    },
  });
  return (
    <section className="section" aria-labelledby="memory">
      <h2 id="memory">{t("privacy.memory")}</h2>
      <p>{t("privacy.memory_what")} <a href={href("/more/memory")}>{t("privacy.memory_list")}</a></p>
      <div className="pair">
        <Button onClick={() => fresh.mutate(true)} busy={fresh.isPending}>{t("privacy.new_chat")}</Button>
        <Button onClick={() => fresh.mutate(false)} busy={fresh.isPending}>{t("privacy.new_without")}</Button>
      </div>
      {fresh.isError && <Failed error={fresh.error} />}
    </section>
  );
}

function Who_reads() {
  const t = use_text();
  const readers = useQuery({ queryKey: ["readers"], queryFn: ({ signal }) => get("/privacy/readers", { signal }) });
  return (
    <section className="section" aria-labelledby="can-read">
      <h2 id="can-read">{t("privacy.can_read")}</h2>
      {readers.isError && <Failed error={readers.error} retry={() => void readers.refetch()} />}
      {readers.data && (
        <>
          <p>{readers.data.sentences.map((sentence) => <span key={sentence}><Said text={sentence} /> </span>)}</p>
          <ul className="looked">
            {readers.data.people.map((one) => (
              <li key={one.name}>
                <Human_mark name={one.name} />
                <div><strong>{t("privacy.who", { name: one.name, role: role_word(one.role) })}</strong>{one.why && <p className="second"><Said text={one.why} /></p>}</div>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
