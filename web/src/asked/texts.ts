/* The words of the page that a link opens. English comes with it; another language is fetched. */

import english from "../messages/en.asked.json";
import type { Language, Other_language } from "../messages/languages";

export type Asked_texts = Record<keyof typeof english, string>;

const others: Record<Other_language, () => Promise<{ default: Asked_texts }>> = {
  es: () => import("../messages/es.asked.json"),
  fr: () => import("../messages/fr.asked.json"),
  de: () => import("../messages/de.asked.json"),
  pt: () => import("../messages/pt.asked.json"),
};

export async function texts_in(language: Language): Promise<Asked_texts> {
  if (language === "en") return english;
  try {
    return (await others[language]()).default;
  } catch {
    return english; // the network went away in between
  }
}
