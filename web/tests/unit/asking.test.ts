import { expect, test } from "vitest";
import type { AskSchedule } from "../../src/api/generated";
import { days_in_short, name_of_day, weekdays } from "../../src/base/week";
import { counted, type Draft, draft_of, hour_of, lacking, new_draft, plan_of, plan_of_schedule, span_in_words } from "../../src/staff/person/asking_plan";

const name = (day: number) => weekdays[day] ?? "";
const draft = (more: Partial<Draft>): Draft => ({ ...new_draft, ...more });
const schedule = (more: Partial<AskSchedule>): AskSchedule => ({ id: "s", form: "daily", running: true, made_at: "2026-01-05T12:00:00Z", time_zone: "Europe/Dublin", times: [], least_gap_minutes: 0, usual_every: 1, at_least_every: 1, rhythm: "usual", why: "", ...more });
const time = (more: Partial<Draft["times"][number]>) => ({ days: weekdays, from: "09:00", to: "", ...more });

test("days that follow each other are one stretch, and none chosen is every day", () => {
  const said = (...days: string[]) => days_in_short(days, name, "every day");
  expect(said("mon", "tue", "wed", "thu", "fri")).toBe("mon–fri");
  expect(said("sun", "sat")).toBe("sat, sun");
  expect(said("mon", "wed", "thu", "fri", "sun")).toBe("mon, wed–fri, sun");
  expect(said(...weekdays)).toBe("every day");
  expect(said()).toBe("every day");
});

test("a week begins on Monday, wherever the browser is", () => {
  const intl = { formatDate: (at: number, how: object) => new Intl.DateTimeFormat("en-GB", how).format(at) };
  expect(weekdays.map((_, i) => name_of_day(intl, i, "long"))).toEqual(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]);
});

test("what is asked is kept as it was filled in", () => {
  expect(plan_of(draft({ times: [time({ days: ["wed", "mon"] }), time({ from: "17:00" })], usual: "2", least: "4", zone: " Europe/Dublin " }))).toEqual({
    form: "daily", time_zone: "Europe/Dublin", times: [{ days: ["mon", "wed"], from: "09:00" }, { from: "17:00" }], least_gap_minutes: 0, usual_every: 2, at_least_every: 4,
  });
  // The end of a window is not sent with times of which each is one minute.
  expect(plan_of(draft({ times: [time({ to: "12:00" })] })).times).toEqual([{ from: "09:00" }]);
  expect(plan_of(draft({ kind: "window", gap: "90", times: [time({ to: "12:00" }), time({ from: "13:00" })] }))).toMatchObject({ times: [{ from: "09:00", to: "12:00" }, { from: "13:00" }], least_gap_minutes: 90 });
});

test("a window until midnight ends with the day and not before it began", () => {
  const night = draft({ kind: "window", times: [time({ from: "21:00", to: "00:00" })] });
  expect(lacking(night)).toBeNull();
  expect(plan_of(night).times).toEqual([{ from: "21:00", to: "24:00" }]);
  expect(draft_of(schedule({ times: [{ from: "21:00", to: "24:00" }] })).times[0]?.to).toBe("00:00");
});

test("once is so long before or after an event, by the clock of whoever writes it down", () => {
  const before = draft({ kind: "once", day: "2026-12-05", time: "10:30", amount: "2", unit: "days", side: "before" });
  expect(plan_of(before)).toEqual({ form: "daily", anchor_at: new Date("2026-12-05T10:30").toISOString(), offset_minutes: -2880 });
  expect(plan_of({ ...before, side: "after", unit: "hours" }).offset_minutes).toBe(120);
  expect(Object.is(plan_of({ ...before, amount: "0" }).offset_minutes, 0)).toBe(true);
});

test("the form shows what is asked until now, and saving it unchanged changes nothing", () => {
  const all = [
    schedule({ form: "phq-9", times: [{ days: ["mon"], from: "17:30" }], usual_every: 2, at_least_every: 4, sensitive: true }),
    schedule({ times: [{ days: ["sat", "sun"], from: "10:30" }, { days: ["mon"], from: "09:00", to: "12:00" }], least_gap_minutes: 60 }),
    schedule({ anchor_at: new Date("2026-12-05T10:30").toISOString(), offset_minutes: 90 }),
  ];
  expect(all.map((one) => draft_of(one).kind)).toEqual(["times", "window", "once"]);
  expect(all.map((one) => plan_of(draft_of(one)).sensitive)).toEqual([true, undefined, undefined]);
  for (const one of all) {
    const { usual_every, at_least_every, least_gap_minutes, times, ...kept } = plan_of_schedule(one);
    expect(plan_of(draft_of(one))).toEqual(one.anchor_at ? kept : { ...kept, times, least_gap_minutes, usual_every, at_least_every });
  }
  expect(span_in_words(2880)).toEqual({ n: 2, unit: "days" });
  expect(span_in_words(90)).toEqual({ n: 90, unit: "minutes" });
  expect(span_in_words(0)).toEqual({ n: 0, unit: "days" });
});

test("the first thing that is missing is named", () => {
  expect(lacking(draft({}))).toBeNull();
  expect(lacking(draft({ times: [time({}), time({ days: [] })] }))).toBe("asking.lacks_days");
  expect(lacking(draft({ times: [time({ from: "" })] }))).toBe("asking.lacks_time");
  expect(lacking(draft({ kind: "window", times: [time({ to: "09:00" })] }))).toBe("asking.lacks_end");
  expect(lacking(draft({ times: [time({ to: "08:00" })] }))).toBeNull();
  expect(lacking(draft({ usual: "3", least: "2" }))).toBe("asking.lacks_least");
  expect(lacking(draft({ kind: "once" }))).toBe("asking.lacks_event");
  expect(lacking(draft({ kind: "once", day: "2026-12-05", amount: "" }))).toBe("asking.lacks_amount");
});

test("what none of the last times became is not counted as nothing", () => {
  expect(counted([{ state: "missed" }, { state: "answered" }, { state: "missed" }])).toEqual([{ state: "answered", n: 1 }, { state: "missed", n: 2 }]);
  expect(counted([])).toEqual([]);
  expect([hour_of("00:00"), hour_of("09:30"), hour_of("24:00")]).toEqual([0, 9.5, 24]);
});
