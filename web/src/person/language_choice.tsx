/* The languages this service has opened, each by its own name. Nothing where there is only one. */

import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { patch } from "../base/client";
import { choose_language, offered_of, use_language } from "../base/language";
import { use_service } from "../base/service";
import { use_text } from "../base/text";
import { own_names, type Language } from "../messages/languages";
import { use_account } from "./account";
import { Choices } from "./parts";

/** What may be chosen, what is chosen, and how; somebody who is signed in is written to in that language from then on. */
function use_choice() {
  const { language } = use_language();
  const service = use_service();
  const account = use_account();
  const queries = useQueryClient();
  const [failed, set_failed] = useState(false);
  const choose = async (next: Language) => {
    set_failed(false);
    if (!(await choose_language(next))) return set_failed(true);
    if (!account.data) return;
    await patch("/me", { body: { language: next } }).then((now) => queries.setQueryData(["me"], now), () => set_failed(true));
  };
  return { language, offered: offered_of(service.data?.languages ?? []), failed, choose };
}

/** One touch, before the first word is read. */
export function Language_row() {
  const t = use_text();
  const { language, offered, failed, choose } = use_choice();
  if (offered.length < 2) return null;
  return (
    <div>
      <ul className="languages" aria-label={t("page.language")}>
        {offered.map((one) => (
          <li key={one}>
            <button type="button" className="link" lang={one} aria-current={one === language ? "true" : undefined} onClick={() => void choose(one)}>{own_names[one]}</button>
          </li>
        ))}
      </ul>
      {failed && <p className="refused" role="alert">{t("state.failed")}</p>}
    </div>
  );
}

export function Language_list() {
  const t = use_text();
  const { language, offered, failed, choose } = use_choice();
  if (offered.length < 2) return <p className="second">{t("device.one_language")}</p>;
  return (
    <>
      <Choices<Language> legend={t("device.language")} quiet_legend value={language} onChange={(next) => void choose(next)} of={offered.map((value) => ({ value, text: own_names[value], lang: value }))} />
      <p className="second">{t("device.language_what")}</p>
      {failed && <p className="refused" role="alert">{t("state.failed")}</p>}
    </>
  );
}
