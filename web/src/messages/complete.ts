/* What a language has to bring: every text of a person's pages, and no other. */

import type base from "./en.base.json";
import type person from "./en.json";
import type { Served } from "./served";

export interface Page_texts {
  messages: Record<string, string>;
  /** What the server says in English, by those words. */
  served: Record<string, string>;
}

/** An id that English lacks is `never` here, and a text is none. */
type Exactly<English, Given> = { [Id in keyof English]: string } & { [Id in Exclude<keyof Given, keyof English>]: never };

export function complete<Base, Person, Said>(
  of_base: Base & Exactly<typeof base, Base>,
  of_person: Person & Exactly<typeof person, Person>,
  served: Said & Exactly<Record<Served, string>, Said>,
): Page_texts {
  return { messages: { ...of_base, ...of_person }, served };
}
