import { expect, test } from "vitest";
import { answers_in, critical_items, type Shown } from "../../src/asked/form";

const check_in: Shown = {
  form: "daily",
  until: "2026-01-06T03:00:00Z",
  check_in: { id: "daily", version: "1", about: "", groups: [{ id: "mood", question: "?", choices: [{ value: 3, text: "so" }] }, { id: "did", question: "?", many: true, choices: [{ value: "out", text: "out" }] }, { id: "note", question: "?", text: true, longest: 2000 }] },
};
const questionnaire: Shown = {
  form: "phq-9",
  until: "2026-01-06T03:00:00Z",
  questionnaire: { id: "phq-9", version: "2005", language: "en", title: "", stem: "", attribution: "", skips: [], items: [{ id: "1", text: "?", options: [] }, { id: "9", text: "?", options: [], critical: true }] },
};
const given = (...pairs: [string, string][]) => {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  return data;
};

test("a check-in is read as numbers, lists and words, and what is open is left out", () => {
  expect(answers_in(check_in, given(["mood", "3"], ["did", "out"], ["did", "work"], ["note", "a quiet day"]))).toEqual({ mood: 3, did: ["out", "work"], note: "a quiet day" });
  expect(answers_in(check_in, given(["note", "  "]))).toEqual({});
});

test("a blank item of a questionnaire is no answer, and nought is one", () => {
  expect(answers_in(questionnaire, given(["9", "0"]))).toEqual({ 9: 0 });
  expect(critical_items(questionnaire)).toEqual(["9"]);
  expect(critical_items(check_in)).toEqual([]);
});

test("a check-in that the service designed is answered like the daily one", () => {
  const own: Shown = {
    form: "own-1",
    until: "2026-01-06T03:00:00Z",
    check_in: { id: "own-1", version: "2", title: "Evening", language: "de", about: "", groups: [{ id: "energy", question: "?", choices: [{ value: 0, text: "0", end: "none" }, { value: 5, text: "5" }] }, { id: "did", question: "?", many: true, choices: [{ value: "1", text: "read" }] }] },
  };
  expect(answers_in(own, given(["energy", "0"], ["did", "1"]))).toEqual({ energy: 0, did: ["1"] });
});
