/* The words of the first questions. English comes with the page; another language is fetched. */

import english from "../messages/en.first.json";
import type { Language, Other_language } from "../messages/languages";

export type First_texts = Record<keyof typeof english, string>;

const others: Record<Other_language, () => Promise<{ default: First_texts }>> = {
  es: () => import("../messages/es.first.json"),
  fr: () => import("../messages/fr.first.json"),
  de: () => import("../messages/de.first.json"),
  pt: () => import("../messages/pt.first.json"),
};

export async function texts_in(language: Language): Promise<First_texts> {
  if (language === "en") return english;
  try {
    return (await others[language]()).default;
  } catch {
    return english; // the network went away in between
  }
}

/** Puts what is known into the places of a text: {name}. */
export const filled = (text: string, places: Readonly<Record<string, string>>): string => text.replace(/\{(\w+)\}/g, (all, name: string) => places[name] ?? all);
