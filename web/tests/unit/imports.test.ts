import { describe, expect, it } from "vitest";
import { adjusted, becomes, changed, choices_of } from "../../src/staff/imports/mapping";
import { much } from "../../src/staff/person/daily_lanes";

const daily = { kind: "daily" as const, when: "date", columns: [{ column: "steps", becomes: "steps", times: 1 }] };

describe("the mapping of a file", () => {
  it("says of each column what it becomes", () => {
    expect(becomes(daily, "date")).toBe("when");
    expect(becomes(daily, "steps")).toBe("steps");
    expect(becomes(daily, "weather")).toBe("");
  });
  it("lets only one column be the same measure, say when, or say whose", () => {
    const two = changed(daily, "walked", "steps");
    expect(two.columns.map((one) => one.column)).toEqual(["walked"]);
    const moved = changed(daily, "night", "when");
    expect(moved.when).toBe("night");
    expect(changed(changed(daily, "who", "person"), "who", "").person).toBeUndefined();
    expect(changed(daily, "date", "").when).toBe("");
  });
  it("lets mood be of several columns, each with its scale", () => {
    const mood = changed(changed({ kind: "check-ins", when: "at", columns: [] }, "glad", "mood"), "sad", "mood");
    expect(mood.columns).toHaveLength(2);
    expect(adjusted(mood, "sad", { better: "down" }).columns[1]).toEqual({ column: "sad", becomes: "mood", lowest: 1, highest: 5, better: "down" });
  });
  it("offers what that kind of file may hold", () => {
    expect(choices_of("daily", [{ id: "steps", name: "Steps", unit: "steps" }])).toEqual(["when", "person", "steps"]);
    expect(choices_of("check-ins", [])).not.toContain("person");
  });
});

describe("a daily value in words", () => {
  it("is told with its unit", () => {
    expect(much(450, "minutes")).toBe("7 h 30 min");
    expect(much(1420, "")).toBe("23:40");
    expect(much(8200, "steps")).toBe("8200 steps");
  });
});
