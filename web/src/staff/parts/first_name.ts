import { nameless_words, type Words } from "../words";

/** As the server writes for somebody who gave no name. */
const nobody = "No name given";
const titles = ["dr", "dr.", "prof", "prof.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "mx", "sr", "sister"];

/** The name by which people are spoken of: the first one; the whole of it after a title; a neutral word without one. */
export function first_name(name: string, words: Words): string {
  const whole = name.trim();
  if (whole === "" || whole === nobody) return words(nameless_words);
  const [first = whole] = whole.split(/\s+/);
  return titles.includes(first.toLocaleLowerCase("en")) ? whole : first;
}
