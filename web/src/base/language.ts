/* The language of a person's pages: chosen once, kept on this device, at first what the browser asks for. A language whose
   safety texts this service has not signed is not offered; the server's answer is kept, so that the choice holds offline. */

import { useSyncExternalStore } from "react";
import { fetch_texts, language_of, own_names, wished_language, type Language } from "../messages/languages";
import type { Page_texts } from "../messages/complete";
import { ask_in } from "./client";
import { setting } from "./device";
import { tell_in } from "./served";

export type { Language };

/** Also read by help.ts and the service worker's pages. */
export const language_place = "rail.language";
const offered_place = "rail.languages";

interface Spoken {
  language: Language;
  /** Nothing for English: its texts are part of the page. */
  texts: Page_texts | null;
}

const listeners = new Set<() => void>();
let spoken: Spoken = { language: "en", texts: null };
let wanted: Language = "en";

function settle(next: Spoken): void {
  spoken = next;
  document.documentElement.lang = next.language;
  ask_in(next.language);
  tell_in(next.texts?.served ?? null);
  for (const listener of listeners) listener();
}

/** Fetches the texts and turns the page over to them. The page stays as it is when they do not come. */
async function speak(language: Language): Promise<boolean> {
  wanted = language;
  try {
    const texts = language === "en" ? null : await fetch_texts[language]();
    // Somebody who touches two names in a row gets the second.
    if (wanted === language) settle({ language, texts });
    return true;
  } catch {
    return false;
  }
}

export async function choose_language(language: Language): Promise<boolean> {
  const done = await speak(language);
  if (done) setting.write(language_place, language);
  return done;
}

/** Signing out clears all that the site keeps here; the language says nothing about a person and stays. */
export function keep_language(): void {
  if (spoken.language !== "en") setting.write(language_place, spoken.language);
}

/** What the service last said it offers; nothing is known before it was asked once. */
function offered_before(): readonly string[] | null {
  const kept = setting.read(offered_place);
  return kept === null ? null : kept.split(",");
}

/** The languages of `tags`, as the server gives them, that this page has texts for. English is always one. */
export function offered_of(tags: readonly string[]): Language[] {
  const all = Object.keys(own_names) as Language[];
  return all.filter((one) => one === "en" || tags.includes(one));
}

/** Called with each answer of the service: a language that it no longer offers is left. */
export function offer_languages(tags: readonly string[]): void {
  setting.write(offered_place, tags.join(","));
  if (!offered_of(tags).includes(spoken.language)) void speak("en");
}

/** The language to begin in. Waits for nothing where that is English. */
export function first_language(ask: () => Promise<readonly string[] | null>): Promise<unknown> | null {
  const first = language_of(setting.read(language_place)) ?? wished_language(navigator.languages);
  ask_in(first);
  if (first === "en") return null;
  const known = offered_before();
  const begin = async () => {
    const tags = known ?? (await ask());
    if (tags) setting.write(offered_place, tags.join(","));
    if (!tags || !offered_of(tags).includes(first) || !(await speak(first))) ask_in("en");
  };
  return begin();
}

export function use_language(): Spoken {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => spoken,
  );
}
