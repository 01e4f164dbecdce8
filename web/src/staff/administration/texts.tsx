import { useState } from "react";
import { languages } from "../../messages/languages";
import { Empty, Failed, Loading } from "../../base/states";
import type { Account } from "../nouns";
import { Button } from "../parts/button";
import { Pick } from "../parts/field";
import { use_when } from "../when";
import { use_words } from "../words";
import { use_sign_texts, use_texts } from "./desk";
import { Head } from "./head";
import { use_told } from "./told";

/** The words said in danger, read and signed by two different people for each language. */
export function Texts({ me }: { me: Account }) {
  const words = use_words();
  const when = use_when();
  const told = use_told();
  const [language, set_language] = useState("en");
  const texts = use_texts(language);
  const sign = use_sign_texts();
  const items = texts.data?.items ?? [];
  const signed = texts.data?.signed ?? [];
  const mine = signed.some((one) => one.by === me.display_name);
  const people = new Set(signed.map((one) => one.by)).size;
  // Every language there is: one is offered to people only once it is signed here.
  const language_name = (code: string) => new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code;
  const names = languages.map((code) => ({ id: code, text: language_name(code) }));
  return (
    <>
      <Head title={words("admin.texts")} lead={words("texts.lead")}>
        <div className="lines-top">
          <Pick label={words("texts.language")} value={language} onChange={set_language} options={names} />
          {texts.data && (
            <p>
              {words("texts.count", { n: people, version: texts.data.version })} {signed.map((one) => words("texts.signed", { name: one.by, date: when.date(one.at) })).join(" ")}
            </p>
          )}
        </div>
        {language !== "en" && <p>{words("texts.page_too", { language: language_name(language) })}</p>}
      </Head>
      {texts.isPending && <Loading what={words("admin.loading")} />}
      {texts.isError && !texts.data && <Failed title={words("admin.failed")} error={texts.error} retry={() => void texts.refetch()} />}
      {texts.data && items.length === 0 && <Empty title={words("texts.none")} />}
      <ul className="cards text-cards">
        {items.map((text) => (
          <li key={text.id} className="block">
            <h2>
              <code>{text.id}</code> {text.version && <span className="faint">{words("texts.version", { version: text.version })}</span>}
            </h2>
            <p className="told-text" dir="auto" lang={language}>
              {text.text}
            </p>
            {text.reviewed === "unreviewed" && <p className="second small">{words("texts.unreviewed")}</p>}
          </li>
        ))}
      </ul>
      {texts.data && items.length > 0 && (
        <div className="sign-bar">
          <p className="second">{mine ? words("texts.you_signed") : words("texts.sign_lead", { n: items.length })}</p>
          {!mine && (
            <Button look="primary" isDisabled={sign.isPending} onPress={() => sign.mutate({ language, version: texts.data.version }, told(words("texts.done")))}>
              {words("texts.sign", { name: me.display_name })}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
