import { useState, type FormEvent } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Informant } from "../../api/generated";
import { Button } from "../../base/button";
import { get, post, remove } from "../../base/client";
import { Choice_field, Field } from "../../base/field";
import { use_language } from "../../base/language";
import { as_problem } from "../../base/problem";
import { Failed, Loading } from "../../base/states";
import { use_text, use_when } from "../../base/text";
import { languages, own_names } from "../../messages/languages";
import { Choices } from "../parts";
import { Shell } from "../shell/shell";
import "./more.css";

const relations = ["partner", "parent", "friend", "other"] as const;

/** Whom one lets be asked, by one's own yes and until one ends it. */
export default function Close() {
  const t = use_text();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ["informants"], queryFn: ({ signal }) => get("/informants", { signal }) });
  const refresh = () => queries.invalidateQueries({ queryKey: ["informants"] });
  const end = useMutation({ mutationFn: (id: string) => remove("/informants/{informant}", { path: { informant: id } }), onSettled: refresh });
  const all = list.data;
  return (
    <Shell title={t("close.title")} back="/more">
      <h2 className="voice">{t("more.close")}</h2>
      {list.isPending && <Loading what={t("privacy.loading")} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {all && all.items.length > 0 && <ul className="looked">{all.items.map((one) => <One key={one.id} one={one} end={() => end.mutate(one.id)} busy={end.isPending} />)}</ul>}
      {all?.consent.map((part) => <p key={part}>{part}</p>)}
      {end.isError && <p className="refused" role="alert">{t("contact.not_saved")}</p>}
      {all && !all.letters && <p>{t("asking.no_letters")}</p>}
      {all?.letters && all.items.filter((one) => one.state !== "ended").length < all.most && <Name named={refresh} />}
    </Shell>
  );
}

function One({ one, end, busy }: { one: Informant; end: () => void; busy: boolean }) {
  const t = use_text();
  const when = use_when();
  const note = one.understood;
  return (
    <li>
      <div className="grow">
        <strong>{t(`close.${one.relation}`)}</strong>
        {one.mail && <p className="own">{one.mail}</p>}
        <p>{t(`close.is_${one.state}`, { days: one.every_days ?? 0, at: when.day(one.ended_at ?? one.since) })}</p>
        {note && <blockquote>{[note.by, note.note].filter(Boolean).join(": ")}</blockquote>}
        {one.answered_at.length > 0 && <p className="second">{t("close.answered", { what: one.answered_at.map(when.day).join("; ") })}</p>}
      </div>
      {one.state !== "ended" && <Button kind="quiet" busy={busy} onClick={end}>{t("close.end")}</Button>}
    </li>
  );
}

function Name({ named }: { named: () => unknown }) {
  const t = use_text();
  const { language: own } = use_language();
  const [relation, set_relation] = useState<(typeof relations)[number] | null>(null);
  const [mail, set_mail] = useState("");
  const [called, set_called] = useState("");
  const [language, set_language] = useState<string>(own);
  const [wrong, set_wrong] = useState<"who" | "address" | "taken" | "consent" | "not_saved">();
  const add = useMutation({
    mutationFn: () => post("/informants", { body: { relation: relation ?? "other", mail: mail.trim(), called: called.trim() || undefined, language, agreed: true } }),
    onSuccess: () => (set_relation(null), set_mail(""), set_called(""), named()),
    onError: (error) => set_wrong(({ 403: "consent", 409: "taken", 422: "address" } as const)[as_problem(error).status as 403] ?? "not_saved"),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = relation === null ? "who" : /\S@\S/.test(mail) ? undefined : "address";
    set_wrong(found);
    if (!found) add.mutate();
  };
  return (
    <form className="section stack form" onSubmit={submit} noValidate>
      <h2>{t("close.name")}</h2>
      <Choices legend={t("supporters.relation")} value={relation} onChange={(one) => (set_relation(one), set_wrong(undefined))} wrong={wrong === "who" ? t("close.who") : undefined} of={relations.map((value) => ({ value, text: t(`close.${value}`) }))} />
      <Field label={t("close.mail")} type="email" autoComplete="off" maxLength={254} value={mail} wrong={wrong === "address" ? t("asking.address_wrong") : undefined} onChange={(event) => set_mail(event.target.value)} />
      <Field label={t("close.called")} hint={t("close.called_hint")} maxLength={40} value={called} onChange={(event) => set_called(event.target.value)} />
      <Choice_field label={t("close.language")} value={language} onChange={set_language}>{languages.map((one) => <option key={one} value={one} lang={one}>{own_names[one]}</option>)}</Choice_field>
      {(wrong === "taken" || wrong === "consent") && <p className="refused" role="alert">{t(`close.${wrong}`)}</p>}
      {wrong === "not_saved" && <p className="refused" role="alert">{t("contact.not_saved")}</p>}
      <div><Button kind="primary" type="submit" busy={add.isPending}>{t("close.agree")}</Button></div>
    </form>
  );
}
