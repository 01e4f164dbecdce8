/* Staff against a demo server: the same story as with the mock, with the made-up people that the demo was filled with (the shared steps: staff_pages.mjs).
   Left out, because a demo holds no such thing: an invitation with its QR code, and an alert that a colleague has taken. */

import { base, check, picture } from "./browser.mjs";
import { accept_and_agree, administration, alert, asked_whether_to_call, asking, break_glass, caseload_keys, course, findings, hand_over, live, look, not_live, on_call, open, people, service, sign_in_with_mistakes } from "./staff_pages.mjs";

for (const left_out of ["invitation and second factor", "an alert that a colleague has taken"]) console.log(`  skipped with a demo server: ${left_out}`);

const used = new Map(); // log-in → the code given last; each works once

/** The six figures of a member of staff, never the same twice: waits for the next ones, up to 30 s. */
async function code_of(login) {
  for (let second = 0; second < 45; second += 1) {
    const { staff } = await (await fetch(`${base}/api/v1/demo/log-ins`)).json();
    const code = staff.find((one) => one.login === login).code;
    if (used.get(login) !== code) {
      used.set(login, code);
      return code;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`no new code for ${login}`);
}

/** What the page's own session may read. */
const ask = (page, path) => page.evaluate((of) => fetch(`/api/v1${of}`).then(async (answer) => ({ status: answer.status, body: await answer.json() })), path);
const rows_of = async (page) => (await ask(page, "/caseload?scope=team")).body.groups.flatMap((group) => group.people);

/** Signs in with one touch in the list of demo log-ins. */
async function touch_in(page, login) {
  await page.goto(`${base}/staff`);
  await page.getByRole("button", { name: new RegExp(`^${login} `) }).click();
  await page.locator(".shell").waitFor();
  used.set(login, (await (await fetch(`${base}/api/v1/demo/log-ins`)).json()).staff.find((one) => one.login === login).code);
}

/** Somebody new writes, from a browser of their own. */
async function somebody_writes(name, text) {
  const call = (path, body, cookie = "") => fetch(`${base}/api/v1${path}`, { method: "POST", headers: { "content-type": "application/json", origin: base, cookie }, body: JSON.stringify(body) });
  const made = await call("/sign-up", { display_name: name, age_band: "26_64", country: "IE", language: "en", consents: { record: true, staff_reading: true, language_model: false, research: false } });
  const cookie = made.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const sent = await call("/conversation/messages", { text, client_id: `staff-story-${Date.now()}` }, cookie);
  check("the made-up person could write", made.status === 201 && sent.status === 201, `${made.status} ${sent.status}`);
}

async function entry(page) {
  await page.goto(`${base}/staff`);
  await page.getByLabel("Log-in name").waitFor();
  await page.getByRole("heading", { name: "Demo log-ins" }).waitFor();
  await sign_in_with_mistakes(page);
  await page.getByLabel("Code", { exact: true }).fill(await code_of("maeve"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator(".shell").waitFor();
}

async function caseload(page) {
  await page.getByRole("grid", { name: "Caseload" }).waitFor();
  await asked_whether_to_call(page);
  const rows = await rows_of(page);
  const [first, second] = rows;
  check("danger now stands first", first.urgency === "now", first.urgency);
  const label = (await page.getByRole("row").filter({ hasText: first.name }).first().getAttribute("aria-label")) ?? "";
  check("a row reads urgency, name, reason, who", label.startsWith(`Now. ${first.name}.`) && label.includes(first.reason.replace(/\.$/, "")) && /Nobody yet$/.test(label), label);
  await page.locator(".chosen mark").first().waitFor();
  check("usual is folded", (await page.getByRole("row").filter({ hasText: rows.at(-1).name }).count()) === 0);
  await look(page, "caseload");
  await caseload_keys(page, first.name, second.name, "quillan", /Ada Quillan/);

  await somebody_writes("Tova Lindmark", "I have decided. It will be tonight.");
  await page.getByRole("row").filter({ hasText: "Tova Lindmark" }).first().waitFor();
  check("now does not wait", true);
  await picture(page, "staff-caseload-two-now");
}

/** The open alerts for danger now, those first where a telephone number is known. */
async function alerts_now(page) {
  const rows = (await rows_of(page)).filter((row) => row.urgency === "now" && row.alert && !row.acknowledged && row.name !== "Tova Lindmark");
  const found = [];
  for (const row of rows) {
    const { body } = await ask(page, `/alerts/${row.alert}`);
    found.push({ ...row, can_call: body.next_steps.some((step) => step.phone), asks: body.next_steps.some((step) => step.questions) });
  }
  return found.sort((a, b) => Number(b.can_call && b.asks) - Number(a.can_call && a.asks));
}

async function person(page) {
  const ada = (await rows_of(page)).find((row) => row.name === "Ada Quillan");
  await course(page, { id: ada.person, name: "Ada Quillan", gaps: 1 });
  const before = await page.locator(".timeline li").count();
  await page.getByRole("button", { name: "Show older" }).click();
  await page.waitForFunction((n) => document.querySelectorAll(".timeline li").length > n, before);
  await asking(page, "Ada");
  await people(page, "Ada Quillan");
}

/** Idris works in one team only. */
async function outside_team(page, people) {
  let other = null;
  for (const row of people) if (!other && (await ask(page, `/people/${row.person}`)).status === 403) other = row;
  check("somebody is outside the team", other !== null);
  await break_glass(page, { id: other.person, name: other.name, code: await code_of("idris") });
}

/** One chapter; what breaks in it is told and the story goes on. */
async function chapter(name, page, tell) {
  const began = Date.now();
  try {
    await tell();
  } catch (error) {
    check(`the step ${name}`, false, String(error.message ?? error).split("\n").slice(0, 4).join(" "));
    await picture(page, `broken-staff-${name.replaceAll(" ", "-")}`).catch(() => undefined);
  }
  console.log(`  ${name} ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

export async function real_story() {
  let people = [];
  let given = null;
  let without_contact = null;
  const { context: context_of_maeve, page: recorder } = await open();
  {
    const page = recorder;
    await chapter("entry", page, () => entry(page));
    await chapter("caseload", page, () => caseload(page));
    const open_alerts = await alerts_now(page);
    people = await rows_of(page);
    check("three alerts for danger now are open", open_alerts.length >= 3, `${open_alerts.length}`);
    given = { ...open_alerts[1], to: "Ruth Oyelaran-Vale", acknowledge: true };
    without_contact = open_alerts[2];
    await chapter("alert", page, () => alert(page, { id: open_alerts[0].alert, name: open_alerts[0].name, record: "Reached by telephone. A friend is on the way." }));
    await chapter("hand over", page, () => hand_over(page, given, without_contact));
    await chapter("person", page, () => person(page));
    await chapter("live", page, async () => {
      const tova = (await rows_of(page)).find((row) => row.name === "Tova Lindmark");
      await live(page, { in_queue: /Tova Lindmark/, conversation: tova.conversation, first: "Tova" });
    });
    await chapter("findings", page, () => findings(page));
    await chapter("on call", page, () => on_call(page));
    await chapter("not live", page, () => not_live(page));
  }
  {
    const { context, page } = await open();
    await chapter("outside the team", page, async () => {
      await touch_in(page, "idris");
      await outside_team(page, people);
    });
    await context.close();
  }
  {
    const { context, page } = await open();
    await chapter("colleague", page, async () => {
      await touch_in(page, "ruth");
      await page.evaluate(() => localStorage.setItem("handrail:staff-call", "off"));
      await accept_and_agree(page, given, without_contact);
      // A lead reads the words only while the alert is routed to the lead, so who recorded it says what became of it.
      await recorder.waitForFunction((id) => fetch(`/api/v1/alerts/${id}`).then((answer) => answer.json()).then((one) => one.state === "closed"), without_contact.alert, { polling: 500, timeout: 10_000 });
      check("two people closed it", true);
    });
    await chapter("service", page, () => service(page));
    await context.close();
    await context_of_maeve.close();
  }
  {
    const { context, page } = await open();
    await chapter("administration", page, async () => {
      await touch_in(page, "kit");
      await administration(page, { accepted: /^1 of \d+/, invited: "Orla Fennwick" });
    });
    await context.close();
  }
}
