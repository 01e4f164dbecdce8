import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button, Link_button } from "../../base/button";
import { get, post, remove } from "../../base/client";
import { as_problem } from "../../base/problem";
import { Failed, Loading } from "../../base/states";
import { Text, use_text, use_when } from "../../base/text";
import { Shell } from "../shell/shell";
import "./more.css";

export const whatsapp_key = ["whatsapp"];

/** One's own WhatsApp number, joined to the account here and taken away again. */
export default function Whatsapp() {
  const t = use_text();
  const when = use_when();
  const line = useQuery({ queryKey: whatsapp_key, queryFn: ({ signal }) => get("/whatsapp", { signal }), refetchOnWindowFocus: true });
  return (
    <Shell title={t("whatsapp.title")} back="/more">
      <h2 className="voice">{t("more.whatsapp")}</h2>
      <p className="second">{t("whatsapp.lead")}</p>
      {line.isPending && <Loading what={t("whatsapp.loading")} />}
      {line.isError && <Failed error={line.error} retry={() => void line.refetch()} />}
      {line.data && !line.data.on && <p>{t("whatsapp.off")}</p>}
      {line.data?.on && line.data.joined && (
        <>
          <p>{line.data.ends_in ? t("whatsapp.joined_number", { number: line.data.ends_in, day: when.day(line.data.joined_at ?? "") }) : t("whatsapp.joined", { day: when.day(line.data.joined_at ?? "") })}</p>
          <Take_away />
        </>
      )}
      {line.data?.on && <Join number={line.data.number} again={line.data.joined} />}
    </Shell>
  );
}

function Join({ number, again }: { number?: string; again: boolean }) {
  const t = use_text();
  const when = use_when();
  const ask = useMutation({ mutationFn: () => post("/whatsapp/code") });
  const code = ask.data;
  const bold = (words: ReactNode[]) => <strong>{words}</strong>;
  return (
    <section className="section" aria-labelledby="join">
      <h2 id="join">{t(again ? "whatsapp.other" : "whatsapp.join")}</h2>
      <p>{t("whatsapp.what_follows")}</p>
      <p className="second">{t("whatsapp.meta")}</p>
      {code && (
        <div role="status">
          <p><Text id="whatsapp.send" values={{ what: code.text, b: bold }} /></p>
          {number && <p>{t("whatsapp.to", { number })}</p>}
          <p className="second">{t("whatsapp.until", { time: when.time(code.ends_at) })}</p>
          {code.link && <p><Link_button kind="primary" href={code.link} target="_blank" rel="noreferrer">{t("whatsapp.open")}</Link_button></p>}
        </div>
      )}
      <div><Button kind={code ? "quiet" : "secondary"} onClick={() => ask.mutate()} busy={ask.isPending}>{t(code ? "whatsapp.new_code" : "whatsapp.code")}</Button></div>
      {ask.isError && (as_problem(ask.error).status === 429 ? <p role="alert">{t("whatsapp.too_many")}</p> : <Failed error={ask.error} />)}
    </section>
  );
}

function Take_away() {
  const t = use_text();
  const queries = useQueryClient();
  const [sure, set_sure] = useState(false);
  const take = useMutation({ mutationFn: () => remove("/whatsapp"), onSuccess: () => (set_sure(false), queries.invalidateQueries({ queryKey: whatsapp_key })) });
  return (
    <section className="section" aria-labelledby="take-away">
      <h2 id="take-away">{t("whatsapp.take_away")}</h2>
      <p>{t("whatsapp.take_away_what")}</p>
      {sure ? (
        <div className="pair">
          <Button onClick={() => take.mutate()} busy={take.isPending}>{t("whatsapp.take_away_yes")}</Button>
          <Button kind="quiet" onClick={() => set_sure(false)}>{t("whatsapp.keep")}</Button>
        </div>
      ) : (
        <div><Button onClick={() => set_sure(true)}>{t("whatsapp.take_away")}</Button></div>
      )}
      {take.isError && <Failed error={take.error} />}
    </section>
  );
}
