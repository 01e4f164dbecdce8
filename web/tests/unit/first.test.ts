import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CheckInGroup } from "../../src/api/generated";
import { answer_in, asked, resume_at, said, still_needed, ticked, type Asking } from "../../src/first/questions";
import { filled } from "../../src/first/texts";
import de from "../../src/messages/de.first.json";
import en from "../../src/messages/en.first.json";
import es from "../../src/messages/es.first.json";
import fr from "../../src/messages/fr.first.json";
import pt from "../../src/messages/pt.first.json";

interface Written {
  id: string;
  kind: "one" | "many" | "text";
  needed?: boolean;
  asked_when?: unknown;
  question: Record<string, string>;
  choices?: { value?: number; id?: string; text: Record<string, string> }[];
}
// The file that the server reads, as the server gives it.
const file = JSON.parse(readFileSync(new URL("../../../content/first_assessment/form.json", import.meta.url), "utf8")) as { questions: Written[] };
const group_of = (written: Written): CheckInGroup => ({
  id: written.id,
  question: written.question.en ?? "",
  ...(written.kind === "many" ? { many: true } : written.kind === "text" ? { text: true, longest: 2000 } : {}),
  ...(written.choices ? { choices: written.choices.map((choice) => ({ value: choice.value ?? choice.id ?? "", text: choice.text.en ?? "" })) } : {}),
});
const shipped: Asking = {
  groups: file.questions.map(group_of),
  asked_when: Object.fromEntries(file.questions.filter((one) => one.asked_when).map((one) => [one.id, one.asked_when])),
  needed: file.questions.filter((one) => one.needed).map((one) => one.id),
};
const sometimes = (answers: Parameters<typeof asked>[1]) => asked(shipped, answers).map((group) => group.id).filter((id) => id in shipped.asked_when);
const group = (id: string) => shipped.groups.find((one) => one.id === id) as CheckInGroup;

// As FirstAssessmentForm.AsksFurtherOnlyWhereItMakesSense has it on the server.
test("asks further only where it makes sense", () => {
  expect(sometimes({})).toEqual([]);
  expect(sometimes({ tried: ["nothing"] })).toEqual([]);
  expect(sometimes({ tried: ["therapy", "medicine"], safety: 2 })).toEqual(["helped", "act", "done"]);
  expect(sometimes({ tried: ["therapy"], safety: 4 })).toEqual(["helped"]);
});

test("is about a dozen questions for most people", () => {
  expect(asked(shipped, {}).length).toBeLessThanOrEqual(13);
});

test("goes on after the last answer, on whatever device that was", () => {
  expect(resume_at(shipped, {})?.id).toBe("reason");
  expect(resume_at(shipped, { reason: "I lie awake.", work: 3 })?.id).toBe("sleep");
  expect(resume_at(shipped, { wishes: "To sleep." })).toBeUndefined();
});

test("only the question about safety has to be answered", () => {
  expect(still_needed(shipped, { reason: "I lie awake." })?.id).toBe("safety");
  expect(still_needed(shipped, { safety: 4 })).toBeUndefined();
});

test("an answer is read, and told in words", () => {
  const data = new FormData();
  data.append("tried", "therapy");
  data.append("tried", "myself");
  data.append("since", "3");
  data.append("reason", "  ");
  expect(answer_in(group("tried"), data)).toEqual(["therapy", "myself"]);
  expect(answer_in(group("since"), data)).toBe(3);
  expect(answer_in(group("reason"), data)).toBeUndefined();
  expect(said(group("tried"), ["therapy", "myself"])).toBe("Therapy or counselling. Things of my own");
  expect(said(group("since"), 3)).toBe("Some months");
  expect(said(group("reason"), "I lie awake.")).toBe("I lie awake.");
});

test("none of these stands alone", () => {
  expect(ticked(["voices"], ["voices", "none"])).toEqual(["none"]);
  expect(ticked(["none"], ["none", "voices"])).toEqual(["voices"]);
  expect(ticked(["voices", "fainting"], ["fainting"])).toEqual(["fainting"]);
  expect(ticked([], [])).toEqual([]);
});

test("every language has every text, with the same places to fill", () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  for (const texts of [es, fr, de, pt] as Record<string, string>[]) {
    expect(Object.keys(texts)).toEqual(Object.keys(en));
    for (const [id, text] of Object.entries(en)) expect([id, places(texts[id] ?? "")]).toEqual([id, places(text)]);
  }
  expect(filled("{n} of {of}", { n: "1", of: "2" })).toBe("1 of 2");
});
