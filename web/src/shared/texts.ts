/* The words of what a supporter sees, and of the page on which the person chooses it. English comes with them; another language is
   fetched. */

import english from "../messages/en.shared.json";
import type { Language, Other_language } from "../messages/languages";

export type Shared_texts = Record<keyof typeof english, string>;

const others: Record<Other_language, () => Promise<{ default: Shared_texts }>> = {
  es: () => import("../messages/es.shared.json"),
  fr: () => import("../messages/fr.shared.json"),
  de: () => import("../messages/de.shared.json"),
  pt: () => import("../messages/pt.shared.json"),
};

export async function texts_in(language: Language): Promise<Shared_texts> {
  if (language === "en") return english;
  try {
    return (await others[language]()).default;
  } catch {
    return english; // the network went away in between
  }
}

/** Puts what is known into the places of a text: {name}. */
export const filled = (text: string, places: Readonly<Record<string, string>>): string => text.replace(/\{(\w+)\}/g, (all, name: string) => places[name] ?? all);
