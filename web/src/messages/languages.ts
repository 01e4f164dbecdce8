/* The languages that a person's pages exist in. English comes with the page; another is fetched when it is chosen.
   A text that one of them lacks, or has and English has not, fails the type check: complete.ts. */

import type { Page_texts } from "./complete";

export const languages = ["en", "es", "fr", "de", "pt"] as const;
export type Language = (typeof languages)[number];
export type Other_language = Exclude<Language, "en">;

/** Each language by its own name, so that whoever reads it finds it on a page they cannot read. */
export const own_names: Record<Language, string> = { en: "English", es: "Español", fr: "Français", de: "Deutsch", pt: "Português" };

/** How days and hours are written where the browser names no country for the language. */
export const usual_locale: Record<Language, string> = { en: "en-GB", es: "es-ES", fr: "fr-FR", de: "de-DE", pt: "pt-PT" };

export const fetch_texts: Record<Other_language, () => Promise<Page_texts>> = {
  es: () => import("./es").then((all) => all.default),
  fr: () => import("./fr").then((all) => all.default),
  de: () => import("./de").then((all) => all.default),
  pt: () => import("./pt").then((all) => all.default),
};

/** "de-CH" is German here; null for a language there are no texts in. */
export function language_of(tag: string | null | undefined): Language | null {
  const primary = (tag ?? "").toLowerCase().split(/[-_]/)[0];
  return languages.find((one) => one === primary) ?? null;
}

/** The first language that the browser asks for and this page has. */
export function wished_language(tags: readonly string[]): Language {
  for (const tag of tags) {
    const found = language_of(tag);
    if (found) return found;
  }
  return "en";
}

/** The page of Get help now in a language: English stands at the address that everybody knows. */
export const help_page = (language: Language): string => (language === "en" ? "/help.html" : `/help.${language}.html`);
