/* The reading age of a text: the Flesch-Kincaid school grade plus five years. Short texts say little, so pages are measured whole. */

const plain = (text: string) =>
  text
    .replace(/<[^>]+>/g, "")
    .replace(/\{\w+, plural,((?:[^{}]|\{[^{}]*\})*)\}/g, (_, forms: string) => /other \{([^}]*)\}/.exec(forms)?.[1] ?? "")
    .replace(/\{\w+\}/g, "Ada")
    .replace(/[“”"#]/g, "");

export function syllables(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, "");
  if (letters.length <= 3) return 1;
  const groups = letters.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, "").replace(/^y/, "").match(/[aeiouy]{1,2}/g);
  return Math.max(1, groups?.length ?? 1);
}

export interface Measured {
  words: number;
  age: number;
}

export function reading_age(texts: readonly string[]): Measured {
  let words = 0;
  let sounds = 0;
  let sentences = 0;
  for (const text of texts)
    for (const sentence of plain(text).split(/[.?!:]+(?:\s|$)/)) {
      const all = sentence.split(/\s+/).filter((word) => /[A-Za-z]/.test(word));
      if (all.length === 0) continue;
      sentences += 1;
      words += all.length;
      for (const word of all) sounds += syllables(word);
    }
  if (words === 0) return { words, age: 0 };
  return { words, age: 0.39 * (words / sentences) + 11.8 * (sounds / words) - 15.59 + 5 };
}
