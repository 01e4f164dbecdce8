/* The page in the language that was chosen: its texts, its way to write days and hours, and what the server answers in. */

import { useEffect, useRef, type ReactNode } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useIntl } from "react-intl";
import base from "../messages/en.base.json";
import person from "../messages/en.json";
import { help_page, usual_locale, type Language } from "../messages/languages";
import { use_language } from "../base/language";
import { served } from "../base/served";
import { use_service } from "../base/service";
import { Texts } from "../base/text";

const english = { ...base, ...person };

/** Days and hours as this device writes them, where it has the language. */
export const locale_of = (language: Language): string => navigator.languages.find((one) => one.toLowerCase().startsWith(`${language}-`)) ?? usual_locale[language];

export function Spoken({ children }: { children: ReactNode }) {
  const { language, texts } = use_language();
  const queries = useQueryClient();
  const before = useRef(language);
  useEffect(() => {
    if (before.current === language) return;
    before.current = language;
    // Forms and small steps come in the language they were asked for in.
    void queries.invalidateQueries();
  }, [language, queries]);
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    void navigator.serviceWorker.ready.then((worker) => worker.active?.postMessage({ language }));
  }, [language]);
  return <Texts locale={locale_of(language)} messages={texts?.messages ?? english}>{children}</Texts>;
}

/** A sentence of the server: in the page's language where it is known, else in English and marked so. */
export function Said({ text }: { text: string | null | undefined }) {
  const { language } = use_language();
  if (!text) return null;
  if (language === "en") return <>{text}</>;
  const own = served(text);
  return own === null ? <span lang="en">{text}</span> : <>{own}</>;
}

/** The word for a role of the staff; an unknown one stands as it was given. */
export const role_word = (role: string): string => served(role) ?? role;

export const use_help_page = (): string => help_page(use_language().language);

/** A language by its name in the page's own. */
export function use_language_word(): (code: string) => string {
  const { locale } = useIntl();
  return (code) => new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
}

/** A country by its name in the page's language; English has it from the service. */
export function use_country_word(): (code: string, english: string) => string {
  const { language } = use_language();
  const { locale } = useIntl();
  return (code, english) => (language === "en" ? english : (new Intl.DisplayNames([locale], { type: "region" }).of(code) ?? english));
}

/** The countries of the service, in the order of the page's language. */
export function use_countries(): { code: string; name: string }[] {
  const { language } = use_language();
  const { locale } = useIntl();
  const named = use_country_word();
  const countries = use_service().data?.countries ?? [];
  if (language === "en") return countries;
  const order = new Intl.Collator(locale);
  return countries.map(({ code, name }) => ({ code, name: named(code, name) })).sort((a, b) => order.compare(a.name, b.name));
}
