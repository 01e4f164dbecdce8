import { asked } from "../../src/person/questions/asked";
import { renderToStaticMarkup } from "react-dom/server";
import { createElement } from "react";
import { expect, test } from "vitest";
import { render_help } from "../../src/help/render";
import { escape, texts_of_page, words_in } from "../../src/help/words";
import spanish from "../../src/messages/es.help.json";
import { pieces_of, stops_of } from "../../src/person/progress/chart";
import { sms, tel } from "../../src/person/parts";
import { has_calls, spoken } from "../../src/person/talk/blocks";
import { Rich } from "../../src/person/talk/rich";
import { match } from "../../src/base/router";
import { Problem } from "../../src/base/problem";
import { device_name } from "../../src/base/device_name";
import type { Block, Help } from "../../src/api/generated";

const shown = (text: string, call_numbers = true) => renderToStaticMarkup(createElement(Rich, { text, call_numbers }));

const question = (id: string) => ({ id, text: id, options: [] });
const form = { items: ["1", "2", "3", "4", "6", "6a"].map(question), skips: [
  { items: ["3", "4"], when: { item: "2", op: "==", value: 0 }, value: 0 },
  { items: ["6a"], when: { all: [{ item: "6", op: "==", value: 0 }, { item: "3", op: "==", value: 0 }] }, value: 0 },
] };
const ids = (answers: Record<string, number | null>) => asked(form, answers).map((one) => one.id);

test("a question that an answer makes needless is not asked, and comes back with another answer", () => {
  expect(ids({})).toEqual(["1", "2", "3", "4", "6", "6a"]);
  expect(ids({ "2": 0 })).toEqual(["1", "2", "6", "6a"]);
  expect(ids({ "2": 0, "6": 0 })).toEqual(["1", "2", "6"]); // the second rule sees what the first one filled
  expect(ids({ "2": null })).toEqual(["1", "2", "3", "4", "6", "6a"]); // refused is not no
  expect(ids({ "2": 1, "3": 1 })).toEqual(["1", "2", "3", "4", "6", "6a"]);
});

test("an answer that was given stays in the form, whatever a rule says of it later", () => {
  expect(ids({ "2": 0, "4": 1 })).toEqual(["1", "2", "4", "6", "6a"]);
});

test("what a page cannot know never skips a question", () => {
  expect(asked({ items: [question("1")], skips: [{ items: ["1"], when: { any: [] } }] }, {}).length).toBe(1);
});

test("numbers to call become links; times, years and amounts do not", () => {
  expect(shown("In danger? Call 112 or 999.")).toBe('In danger? Call <a href="tel:112" class="number">112 or 999</a>.');
  expect(shown("Call 116 123 now.")).toContain('href="tel:116123"');
  expect(shown("Told at 23:14. It can take 5 minutes. Since 2024, 10 of 12 days.")).not.toContain("<a");
  expect(shown("Call 116 123", false)).not.toContain("<a");
});

test("only bold is markup; anything else stays text", () => {
  expect(shown("**not a person** <img src=x onerror=alert(1)>")).toBe("<strong>not a person</strong> &lt;img src=x onerror=alert(1)&gt;");
});

test("telephone addresses hold digits only", () => {
  expect(tel("112 or 999")).toBe("tel:112");
  expect(tel("+353 (20) 910-0001")).toBe("tel:+353209100001");
  expect(sms("50808", "HELLO you")).toBe("sms:50808?body=HELLO%20you");
});

const now: Block[] = [
  { kind: "text", text: "Thank you for writing it here. Please do these three things now." },
  { kind: "steps", items: [{ text: "Call.", tel: "112" }, { text: "Be with someone." }] },
  { kind: "question", text: "Is someone with you?", choices: [] },
];

test("in danger a reader hears the first sentence and the first call, nothing else", () => {
  expect(has_calls(now)).toBe(true);
  expect(spoken("", now)).toBe("Thank you for writing it here. Call. 112");
  expect(spoken("Plain.", null)).toBe("Plain.");
});

const help: Help = { country: "IE", emergency: { numbers: ["112", "999"], reaches: "Ambulance", check_locally: false }, lines: [{ id: "a", name: "Samaritans", country: "IE", audience: "all", phone: "116 123", hours: "Day and night", languages: ["en"], confirmed: true }], international: [] };
test("a device is named in words, and what is not known stays as it is", () => {
  expect(device_name("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36")).toBe("Chrome on Linux");
  expect(device_name("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1")).toBe("Safari on iPhone");
  expect(device_name("demo")).toBe("demo");
});

const countries = [{ code: "IE", name: "Ireland" }];
const in_english = { language: "en", languages: ["en"], texts: texts_of_page(null) } as const;

test("help shows the emergency number first, then lines, each as text and as a call", () => {
  const html = render_help({ help, countries, plan: null, offline: false, ...in_english });
  expect(html.indexOf("tel:112")).toBeLessThan(html.indexOf("tel:116123"));
  expect(html).toContain("116 123");
  expect(html).toContain("Emergency, Ireland");
});

test("help without an accepted line says so and keeps the emergency number", () => {
  const html = render_help({ help: { ...help, lines: [], gap: "No line <yet>." }, countries, plan: null, offline: true, ...in_english });
  expect(html).toContain("tel:112");
  expect(html).toContain("No line &#60;yet&#62;.");
  expect(html).toContain("Needs internet");
});

test("an unknown country never gets another country's number", () => {
  const html = render_help({ help: { country: null, emergency: { numbers: [], reaches: "Call the number of the place where you are.", check_locally: true }, lines: [], international: [] }, countries, plan: null, offline: false, ...in_english });
  expect(html).not.toContain("tel:");
  expect(html).toContain("Where are you?");
});

test("what a person wrote cannot become markup on the help page", () => {
  const plan = { version: 1, shared_with_team: false, kept_on_device: true, parts: { warning_signs: [], coping: [], distraction: [], people: [{ name: '"><script>x</script>, my brother', phone: "javascript:1" }], professionals: [], safer_place: [] } };
  const html = render_help({ help, countries, plan, offline: true, ...in_english });
  expect(html).not.toContain("<script");
  expect(html).toContain('href="tel:1"');
  expect(escape("<&\"'>")).toBe("&#60;&#38;&#34;&#39;&#62;");
});

test("help in another language says all it can in it, keeps the numbers, and marks what stays English", () => {
  const texts = texts_of_page(JSON.stringify(spanish));
  const given: Help = { ...help, emergency: { numbers: ["122"], reaches: "police, ambulance", note: "123 ambulance", check_locally: true }, own_line: { name: "Harbour", phone: "01 910 0001", hours: "Mon-Fri 09:00-17:00", staffed_now: true }, international: [{ name: "Find A Helpline", url: "https://findahelpline.com", what: "directory by country and topic" }] };
  const html = render_help({ help: given, countries, plan: null, offline: false, language: "es", languages: ["en", "es"], texts });
  expect(html).toContain("Emergencias, Irlanda. Policía, ambulancia");
  expect(html).toContain("123 ambulancia");
  expect(html).toContain("lun-vie 09:00-17:00");
  expect(html).toContain('href="tel:122"');
  expect(html).toContain("por país y tema");
  expect(html).toContain('<a href="/help.html" lang="en" hreflang="en">English</a>');
  expect(html).not.toMatch(/Español|Emergency|Where are you/);
  const { note, reaches, hours } = words_in("es", texts);
  expect(note("911 in <some> regions")).toBe('<span lang="en">911 in &#60;some&#62; regions</span>');
  expect(reaches("police, the army")).toBe('<span lang="en">police, the army</span>');
  expect(hours("daily, about 10:00")).toBe('<span lang="en">daily, about 10:00</span>');
  expect(texts_of_page("{").call).toBe("Call");
});

test("help names only the languages that the service has opened", () => {
  expect(render_help({ help, countries, plan: null, offline: false, ...in_english })).not.toContain("Español");
  expect(render_help({ help, countries, plan: null, offline: false, ...in_english, languages: ["en", "es"] })).toContain('href="/help.es.html"');
});

const at = (day: number) => new Date(Date.UTC(2026, 2, day, 12)).toISOString();
const point = (day: number) => ({ at: at(day), value: 3, low: 2, high: 4 });

test("no line is drawn across a gap", () => {
  expect(pieces_of([point(1), point(2), point(9), point(10)], [{ from: at(3), to: at(8) }]).map((piece) => piece.length)).toEqual([2, 2]);
  expect(pieces_of([point(1), point(2), point(4)], [{ from: at(3), to: at(3) }]).map((piece) => piece.length)).toEqual([2, 1]);
});

test("the list has the gaps as rows, in the order of time", () => {
  const series = { measure: "mood", scale: [], better: "up" as const, points: [{ at: at(1), value: 2 }, { at: at(9), value: 3 }], gaps: [{ from: at(3), to: at(8) }], average: [] };
  expect(stops_of(series).map((stop) => stop.kind)).toEqual(["answer", "gap", "answer"]);
});

test("addresses are matched whole", () => {
  expect(match("/questions/:id", "/questions/phq9")).toEqual({ id: "phq9" });
  expect(match("/questions/:id", "/questions/")).toBeNull();
  expect(match("/questions/:id", "/questions/a/b")).toBeNull();
});

test("a problem knows its kind and whether trying again can help", () => {
  expect(new Problem(403, { type: "https://handrail.example/problems/second-factor" }).is("second-factor")).toBe(true);
  expect(new Problem(0, {}).may_pass).toBe(true);
  expect(new Problem(422, { where: "/login", detail: "taken" }).errors).toEqual([{ where: "/login", detail: "taken" }]);
});
