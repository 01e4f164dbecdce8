import { expect, test } from "vitest";
import type { CheckInDesign } from "../../src/api/generated";
import { answers_in, body_of, draft_of, empty_draft, empty_item, languages_in } from "../../src/staff/check_ins/draft";

const design: CheckInDesign = {
  id: "01h",
  form: "own-01h",
  version: 2,
  newest: true,
  made_at: "2026-01-05T12:00:00Z",
  languages: ["en", "de"],
  title: { en: "Evening", de: "Abend" },
  purpose: "To see how it goes.",
  items: [
    { id: "energy", kind: "scale", question: { en: "Energy?", de: "Kraft?" }, lowest: 0, highest: 100, step: 5, at_lowest: { en: "none", de: "keine" }, at_highest: { en: "a lot", de: "viel" }, worse: "down", series: true, calls: [{ answers: [80, 90, 100], urgency: "today", category: "suicide" }] },
    { id: "where", kind: "choice", question: { en: "Where?", de: "Wo?" }, hint: { en: "Now", de: "Jetzt" }, several: true, options: [{ en: "Home", de: "Zu Hause" }, { en: "Out", de: "Draußen" }] },
    { id: "words", kind: "text", question: { en: "More?", de: "Mehr?" }, longest: 300 },
  ],
};

test("what was designed goes through the fields and back unchanged", () => {
  const { languages, title, purpose, items } = design;
  expect(body_of(draft_of(design))).toEqual({ asks: "person", languages, title, purpose, items });
  expect(body_of(draft_of({ ...design, sensitive: true })).sensitive).toBe(true);
});

test("whom it asks stays with it, and what somebody close answers is no series", () => {
  const about = body_of(draft_of({ ...design, asks: "informant" }));
  expect(about.asks).toBe("informant");
  expect(about.items.some((item) => item.series)).toBe(false);
});

test("a language that is taken out takes its words with it, and a new one is empty for the server to name", () => {
  const draft = { ...draft_of(design), languages: "en fr" };
  expect(languages_in("EN,  de")).toEqual(["en", "de"]);
  expect(body_of(draft).title).toEqual({ en: "Evening" });
  expect(body_of(draft).items[1]?.options).toEqual([{ en: "Home" }, { en: "Out" }]);
});

test("an option that one language lacks stays a gap, and is not filled by its neighbour", () => {
  const item = { ...empty_item("choice"), options: { en: "Home\nOut\nAway", de: "Zu Hause\n\nWeg\n" } };
  expect(body_of({ ...empty_draft(), languages: "en, de", items: [item] }).items[0]?.options).toEqual([{ en: "Home", de: "Zu Hause" }, { en: "Out" }, { en: "Away", de: "Weg" }]);
});

test("a number that is none is sent as one that the server refuses with a reason", () => {
  const item = { ...empty_item(), step: "one" };
  expect(body_of({ ...empty_draft(), items: [item] }).items[0]?.step).toBe(0);
  const words = { ...empty_item("text"), longest: "many" };
  expect(body_of({ ...empty_draft(), items: [words] }).items[0]?.longest).toBe(0);
});

test("answers that need a human are written as numbers and ranges", () => {
  expect(answers_in("8-10")).toEqual([8, 9, 10]);
  expect(answers_in("1, 3–4;-2")).toEqual([1, 3, 4, -2]);
  expect(answers_in("often")).toEqual([1_000_000]);
  expect(answers_in("1-1000000")).toEqual([1_000_000]);
  const words = { ...empty_item("text"), calls: [{ answers: "1", urgency: "now" as const, category: "suicide" }] };
  expect(body_of({ ...empty_draft(), items: [words] }).items[0]).not.toHaveProperty("calls");
});
