import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createIntl } from "react-intl";
import { expect, test } from "vitest";
import base from "../../src/messages/en.base.json";
import staff from "../../src/messages/en.staff.json";
import type { MeasuredSpan } from "../../src/api/generated";
import { ceiling, day_of, hours_of, unknown_runs, worst_of } from "../../src/staff/administration/running/day";
import { after, type Draft, empty_draft, handed_to, lacks, one_tap, closed_by } from "../../src/staff/alert/record";
import { groups_of, settle } from "../../src/staff/caseload/order";
import { is_single, key_lines, name_of } from "../../src/staff/keys/keymap";
import { filled, in_order } from "../../src/staff/live/saved_replies";
import type { Account, Alert, Expected, MeasuredOutcome, Row, Totals, Urgency } from "../../src/staff/nouns";
import { first_name } from "../../src/staff/parts/first_name";
import { joined } from "../../src/staff/parts/marked";
import { gaps_of } from "../../src/staff/parts/spark";
import { expected_at, levels_of, linear, reliable_change, runs_of, short_words, span_of, ticks_of, told_change } from "../../src/staff/person/course";
import { week_of } from "../../src/staff/person/treatment";
import { place_of, stacked } from "../../src/staff/service/in_time";
import { interval } from "../../src/staff/service/share";
import { begun, type Words } from "../../src/staff/words";

const row = (person: string, urgency: Urgency, more: Partial<Row> = {}): Row => ({ person, name: person, age_band: "26_64", urgency, reason: "", new: false, spark: [], changed: [], acknowledged: false, ...more });
const names = (rows: Row[]) => rows.map((one) => `${one.person}:${one.urgency}`);

test("the first list stands in the order of need: unknown before soon", () => {
  const { rows, waiting } = settle(null, [row("a", "usual"), row("b", "soon"), row("c", "unknown"), row("d", "now"), row("e", "today")]);
  expect(names(rows)).toEqual(["d:now", "e:today", "c:unknown", "b:soon", "a:usual"]);
  expect(waiting).toBe(0);
});

test("a row that becomes more urgent waits above the list, except now", () => {
  const shown = [row("e", "today"), row("b", "soon"), row("a", "usual")];
  const became_today = settle(shown, [row("e", "today"), row("b", "today"), row("a", "usual")]);
  expect(names(became_today.rows)).toEqual(["e:today", "b:soon", "a:usual"]);
  expect(became_today.waiting).toBe(1);
  const became_now = settle(shown, [row("e", "today"), row("b", "soon"), row("a", "now")]);
  expect(names(became_now.rows)).toEqual(["a:now", "e:today", "b:soon"]);
  expect(became_now.waiting).toBe(0);
});

test("new words and who has it arrive without moving a row", () => {
  const { rows, waiting, settled } = settle([row("e", "today")], [row("e", "today", { reason: "more", who: { id: "1", name: "Ruth", initials: "RP", doing: "" } })]);
  expect(rows[0]).toMatchObject({ reason: "more", who: { name: "Ruth" } });
  expect([waiting, settled]).toEqual([0, 0]);
});

test("a name is found in every group, and groups without one are left out", () => {
  const rows = [row("Ada", "now"), row("Adam", "usual"), row("Ben", "soon")];
  expect(groups_of(rows, "ada").map((group) => [group.urgency, names(group.people)])).toEqual([["now", ["Ada:now"]], ["usual", ["Adam:usual"]]]);
  expect(groups_of(rows, "").map((group) => group.urgency)).toEqual(["now", "soon", "usual"]);
  expect(groups_of(rows, "zoe")).toEqual([]);
});

test("a row that left or went down is counted apart from what is new", () => {
  const { rows, waiting, settled } = settle([row("e", "today"), row("b", "soon")], [row("e", "usual")]);
  expect(names(rows)).toEqual(["e:today", "b:soon"]);
  expect([waiting, settled]).toEqual([0, 2]);
});

const me = { id: "me", display_name: "Maeve Dorrigan", role: "clinician" } as Account;
const alert = (more: Partial<Alert> = {}): Alert => ({
  id: "al", urgency: "now", category: "suicide", state: "acknowledged", raised_at: "2026-11-20T22:10:04.000Z", path: [], deliveries: [], acknowledged_by: { id: "me", name: "Maeve Dorrigan", initials: "MD" }, test: false, reason: "", step: 0, needs_second: false,
  outcomes: [{ id: "reached", text: "Reached", closes: true, needs: [], why: "" }, { id: "not_reached", text: "Not reached", closes: false, needs: [], why: "" }, { id: "handed_over", text: "Handed", closes: false, needs: ["colleague"], why: "" }, { id: "no_contact_needed", text: "No contact", closes: true, needs: ["reason", "second_person"], why: "" }, { id: "told", text: "Told", closes: true, needs: ["words"], why: "" }],
  ...more,
});
const draft = (more: Partial<Draft>): Draft => ({ ...empty_draft, record: "rang twice", ...more });

test("nothing closes without acknowledgement and an outcome; words where they are needed", () => {
  expect(lacks(alert({ acknowledged_by: undefined }), empty_draft, me)).toEqual(["acknowledge", "outcome"]);
  expect(lacks(alert({ acknowledged_by: { id: "other", name: "Maeve Dorrigan", initials: "MD" } }), draft({ outcome: "reached" }), me)).toEqual(["acknowledge"]);
  expect(lacks(alert(), draft({ outcome: "handed_over" }), me)).toEqual(["colleague"]);
  expect(lacks(alert(), draft({ outcome: "no_contact_needed", reason: "  " }), me)).toEqual(["reason"]);
  expect(lacks(alert(), draft({ outcome: "told", record: " " }), me)).toEqual(["record"]);
  expect(lacks(alert(), draft({ outcome: "reached", record: " " }), me)).toEqual([]);
  expect(alert().outcomes.filter(one_tap).map((one) => one.id)).toEqual(["reached", "not_reached"]);
});

test("what saving does follows the outcome's needs before its closing", () => {
  expect(alert().outcomes.map(after)).toEqual(["closes", "stays_open", "waits_for_colleague", "waits_for_second", "closes"]);
});

test("whoever closed it adds words, and only whoever closed it alone takes that back, while there is time", () => {
  const soon = new Date(Date.now() + 60_000).toISOString();
  const step = (kind: string, by: string) => ({ kind, at: "", by, text: "" });
  const closed = (recorded: string, ended: string, until = soon) => alert({ state: "closed", take_back_until: until, path: [step("outcome_reached", recorded), step("closed", ended), step("words_after", ended)] });
  expect(closed_by(closed("Maeve Dorrigan", "Maeve Dorrigan"), me)).toEqual({ words: true, slip: true });
  expect(closed_by(closed("Maeve Dorrigan", "Ruth"), me)).toEqual({ words: true, slip: false });
  expect(closed_by(closed("Ruth", "Ruth"), me)).toEqual({ words: false, slip: false });
  expect(closed_by(closed("Maeve Dorrigan", "Maeve Dorrigan", new Date(Date.now() - 1000).toISOString()), me)).toEqual({ words: true, slip: false });
  expect(closed_by(alert(), me)).toEqual({ words: false, slip: false });
});

test("a hand-over waits for the colleague until somebody acknowledges", () => {
  const told = { id: "ruth", name: "Ruth" };
  const over = { kind: "handed_over", at: "", by: "Ruth", text: "" };
  expect(handed_to(alert({ state: "open", told, path: [over] }))).toEqual(told);
  expect(handed_to(alert({ state: "open", told, path: [over, { kind: "note", at: "", text: "" }] }))).toEqual(told);
  expect(handed_to(alert({ state: "acknowledged", told, path: [over, { kind: "acknowledged", at: "", text: "" }] }))).toBeNull();
});

test("people are spoken of by their first name, and somebody without one by a neutral word", () => {
  const words = ((id: string) => staff[id as keyof typeof staff]) as Words;
  expect(["Ada Merrowby", "Ada", "  Ada  Merrowby", "Dr Aldermoor", "prof. Aldermoor"].map((name) => first_name(name, words))).toEqual(["Ada", "Ada", "Ada", "Dr Aldermoor", "prof. Aldermoor"]);
  expect(["No name given", "", " "].map((name) => first_name(name, words))).toEqual(["this person", "this person", "this person"]);
  expect(readFileSync(new URL("../../../src/errands/person_card.h", import.meta.url), "utf8")).toContain('no_name = "No name given"');
  for (const code of sources(new URL("../../src/staff", import.meta.url).pathname)) expect(code).not.toContain('name.split(" ")');
});

test("a sentence that begins with the neutral word begins with a capital", () => {
  expect(begun("this person has answered.", "this person")).toBe("This person has answered.");
  expect(begun("What this person wrote", "this person")).toBe("What this person wrote");
  expect(begun("this person", "this person")).toBe("this person");
});

test("marks that overlap are joined and stay inside the text", () => {
  expect(joined([{ begin: 8, end: 20, rule: "a" }, { begin: 2, end: 9, rule: "b" }, { begin: 30, end: 30, rule: "a" }], 15)).toEqual([{ begin: 2, end: 15 }]);
});

test("days without an answer are gaps, not zeros", () => {
  const points = Array.from({ length: 28 }, (_, i) => ({ d: i - 27, v: i >= 10 && i <= 13 ? null : 3 }));
  expect(gaps_of(points)).toEqual([{ from: -17, to: -14 }]);
  expect(gaps_of([])).toEqual([{ from: -27, to: 0 }]);
});

test("no line runs across a gap", () => {
  const at = (day: number) => ({ at: `2026-11-${String(day).padStart(2, "0")}T08:00:00.000Z` });
  const runs = runs_of([at(1), at(2), at(6), at(7)], [{ from: "2026-11-03T00:00:00.000Z", to: "2026-11-05T23:00:00.000Z" }]);
  expect(runs.map((run) => run.length)).toEqual([2, 2]);
  expect(runs_of([at(1), at(20)], []).length).toBe(2);
});

test("the full published range is drawn, with its ends", () => {
  expect(levels_of([0, 27])).toEqual([0, 10, 20, 27]);
  expect(levels_of([0, 21])).toEqual([0, 10, 21]);
  expect(linear([0, 27], [142, 0])(27)).toBe(0);
});

test("a change is called reliable only beyond what two measurements can differ by", () => {
  const total = { instrument: "phq-9", title: "PHQ-9", range: [0, 27], better: "down", points: [] } as unknown as Totals;
  const point = (value: number) => ({ at: "2026-08-12T00:00:00.000Z", total: value, low: value - 4, high: value + 4, text: "" });
  expect(reliable_change(total, [point(13), point(18)])).toBeNull(); // 5 of 6
  expect(reliable_change(total, [point(13), point(19)])).toMatchObject({ by: 6, kind: "worse" });
  expect(reliable_change(total, [point(19), point(13)])).toMatchObject({ by: 6, kind: "better" });
  expect(reliable_change(total, [point(19)])).toBeNull();
});

const expected: Expected = { judged_from: "2026-01-22T00:00:00.000Z", judged_to: "2026-02-05T00:00:00.000Z", fitted: false, from: { id: "x", citation: "x", mark: "x" }, points: [["2026-01-15", 20], ["2026-01-22", 16], ["2026-01-29", 14], ["2026-02-05", 13]].map(([day, limit]) => ({ at: `${day}T00:00:00.000Z`, limit: limit as number })) };

test("what was expected lies straight between its weeks, and nowhere outside of what is judged", () => {
  expect(expected_at(expected, Date.parse("2026-01-25T12:00:00.000Z"))).toEqual({ low: null, limit: 15 });
  expect(expected_at(expected, Date.parse("2026-02-05T00:00:00.000Z"))).toEqual({ low: null, limit: 13 });
  expect(expected_at(expected, Date.parse("2026-01-21T00:00:00.000Z"))).toBeNull();
  expect(expected_at(expected, Date.parse("2026-02-06T00:00:00.000Z"))).toBeNull();
  expect(expected_at(undefined, 0)).toBeNull();
});

test("the bracket says what the server judged, between the totals that it judged", () => {
  const points = ["2026-01-05", "2026-01-12", "2026-01-19"].map((day, i) => ({ at: `${day}T00:00:00.000Z`, total: 12 + 4 * i, low: 0, high: 27, text: "" }));
  const total = { instrument: "phq-9", title: "", range: [0, 27], better: "down", points } as unknown as Totals;
  const line = { instrument: "phq-9", baseline_at: points[0]?.at, current_at: points[2]?.at, change: 8, reliable: "deteriorated" } as unknown as MeasuredOutcome;
  expect(told_change(total, points, line)).toMatchObject({ by: 8, kind: "worse", to: { total: 20 } });
  expect(told_change(total, points.slice(1), line)).toBeNull(); // where it began is not in view
  expect(told_change(total, points, { ...line, reliable: "none" })).toBeNull();
});

test("the first seven days of a treatment are its first week", () => {
  const at = (day: string) => Date.parse(`${day}T12:00:00.000Z`);
  expect(["2026-01-05", "2026-01-11", "2026-01-12", "2026-02-16"].map((day) => week_of("2026-01-05", at(day)))).toEqual([1, 1, 2, 7]);
});

test("words beside a mark are cut where they do not fit", () => {
  expect(short_words("Bereaved")).toBe("Bereaved");
  expect(short_words("Sertraline 50 mg, by the practice")).toBe("Sertraline 50 mg, by…");
});

test("four months end today and begin no earlier than asked", () => {
  const now = Date.parse("2026-11-20T12:00:00.000Z");
  const span = span_of({ totals: [] }, 4, now);
  expect(span.to).toBe(now);
  expect(Math.round((span.to - span.from) / 86_400_000)).toBe(122);
  expect(ticks_of(span).length).toBeGreaterThanOrEqual(3);
});

test("a share never comes without an interval that holds it", () => {
  for (const [k, n] of [[0, 12], [12, 12], [30, 31], [9, 10]] as const) {
    const { low, high } = interval(k, n);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeLessThanOrEqual(1);
    expect(low).toBeLessThanOrEqual(k / n);
    expect(high).toBeGreaterThanOrEqual(k / n - 1e-12);
  }
});

test("alerts that took equally long stand on each other, and none leaves the picture", () => {
  const dots = stacked([20, 20, 20, 600, 90_000]);
  expect(dots.map((dot) => dot.row)).toEqual([0, 1, 2, 0, 0]);
  expect(new Set(dots.map((dot) => `${dot.x} ${dot.row}`)).size).toBe(5);
  expect(place_of(90_000)).toBe(place_of(3600));
  expect(place_of(60)).toBeLessThan(place_of(120));
});

test("keys are read the same from every keyboard and only outside fields", () => {
  expect(name_of({ key: "A", ctrlKey: false, metaKey: false, altKey: false })).toBe("a");
  expect(name_of({ key: "a", ctrlKey: true, metaKey: false, altKey: false })).toBeNull();
  expect(name_of({ key: "k", ctrlKey: false, metaKey: true, altKey: false })).toBe("ctrl+k");
  expect(name_of({ key: "@", ctrlKey: false, metaKey: false, altKey: true })).toBeNull();
  expect(is_single("g c")).toBe(true);
  expect(is_single("enter")).toBe(false);
});

test("no two keys of one place mean different things", () => {
  for (const place of new Set(key_lines.map((line) => line.where))) {
    const keys = key_lines.filter((line) => line.where === place || line.where === "everywhere").flatMap((line) => line.keys);
    expect(new Set(keys).size, place).toBe(keys.length);
  }
});

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(name)) yield readFileSync(path, "utf8");
  }
}

test("every text of staff pages is used, and every text can be read by the formatter", () => {
  const code = [...sources(new URL("../../src/staff", import.meta.url).pathname)].join("\n");
  const unused = Object.keys(staff).filter((id) => {
    if (code.includes(`"${id}"`)) return false;
    const parts = id.split(/(?<=[._])/);
    return !parts.some((_, i) => i > 0 && code.includes(`\`${parts.slice(0, i).join("")}\${`));
  });
  expect(unused).toEqual([]);
  const broken: string[] = [];
  const intl = createIntl({ locale: "en", messages: { ...base, ...staff }, onError: (error) => broken.push(String(error.message)) });
  const values = new Proxy({}, { get: (_, name) => (["b", "link"].includes(String(name)) ? (words: unknown) => words : 2), has: () => true, ownKeys: () => [] }) as Record<string, number>;
  for (const [id, text] of Object.entries(staff)) {
    const named = Object.fromEntries([...text.matchAll(/\{(\w+)/g)].map((found) => [found[1], values.n]));
    intl.formatMessage({ id }, { ...named, b: ((words: unknown) => words) as never, link: ((words: unknown) => words) as never });
  }
  expect(broken).toEqual([]);
});

const measured_span = (from: string, oldest: number | undefined, more: Partial<MeasuredSpan> = {}): MeasuredSpan => {
  const none = { waiting: 0, past_their_time: 0, oldest_seconds: 0 };
  return { from, minutes: 5, answers: true, ...(oldest === undefined ? {} : { alerts: { now: { ...none, oldest_seconds: oldest }, today: none, unknown: none } }), waiting_writes: 0, waiting_requests: 0, event_streams: 0, commits: 0, requests: 1, refused: 0, failed: 0, screened: { usual: 0, soon: 0, today: 0, now: 0, unknown: 0 }, ...more };
};
const oldest_now = (span: MeasuredSpan) => span.alerts?.now.oldest_seconds;
const some_day = day_of({ now: "2026-03-02T22:12:00Z", span_seconds: 300, spans: [measured_span("2026-03-01T22:10:00Z", 900), measured_span("2026-03-02T21:50:00Z", 60), measured_span("2026-03-02T21:55:00Z", 300), measured_span("2026-03-02T22:05:00Z", undefined), measured_span("2026-03-02T22:10:00Z", 0, { requests: 7 })] });

test("a day has a place for each span, and what is older than 24 hours has none", () => {
  expect(some_day.places.length).toBe(288);
  expect(some_day.last).toBe(287);
  expect(some_day.places.filter((one) => one !== undefined).length).toBe(4);
  expect(new Date(some_day.from).toISOString()).toBe("2026-03-01T22:15:00.000Z");
});

test("what was not measured is not drawn as nothing", () => {
  expect(unknown_runs(some_day, oldest_now)).toEqual([{ from: 0, to: 282 }, { from: 285, to: 286 }]);
  expect(worst_of(some_day, oldest_now)).toEqual({ place: 284, value: 300 });
  expect(worst_of(some_day, oldest_now, "least")).toEqual({ place: 287, value: 0 });
  expect(worst_of(some_day, (span) => span.backup_bytes)).toBeUndefined();
});

test("an hour in the table is the worst of what stood and the sum of what happened", () => {
  const requests = (span: MeasuredSpan) => span.requests;
  expect(hours_of(some_day, [{ value: oldest_now, shape: "line" }, { value: requests, shape: "line", worst: "least" }, { value: requests, shape: "bars" }]).map((row) => row.values)).toEqual([[300, 1, 10]]);
});

test("the upper edge is a round number that holds the largest", () => {
  expect([0, 1, 3, 7, 40, 0.004].map(ceiling)).toEqual([1, 1, 5, 10, 50, 0.005]);
});

test("a saved reply has the person's name in every place that is kept for it, and those of their language come first", () => {
  expect(filled("{name}, I am here. Take your time, {name}.", "Ada")).toBe("Ada, I am here. Take your time, Ada.");
  const items = [
    { language: "en", title: "a", text: "a" },
    { language: "de", title: "b", text: "b" },
    { language: "en", title: "c", text: "c" },
  ];
  expect(in_order(items, "de").map((one) => one.title)).toEqual(["b", "a", "c"]);
  expect(in_order(items, "fr").map((one) => one.title)).toEqual(["a", "b", "c"]);
});
