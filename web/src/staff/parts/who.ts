import { country } from "../country";
import type { PersonHead } from "../nouns";
import { type WordId, use_words } from "../words";

const bands = ["under_13", "13_17", "18_25", "26_64", "65_plus"];

/** An age band in words. */
export function use_age(): (band: string) => string {
  const words = use_words();
  return (band) => (bands.includes(band) ? words(`age.${band}` as WordId) : band);
}

/** "26 to 64, Ireland" */
export function use_who(): (head: Pick<PersonHead, "age_band"> & Partial<Pick<PersonHead, "country">>) => string {
  const age = use_age();
  return (head) => [head.age_band && age(head.age_band), head.country && country(head.country)].filter(Boolean).join(", ") + ".";
}
