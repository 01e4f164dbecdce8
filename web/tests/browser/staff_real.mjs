/* Staff against a demo server: the same story as with the mock, with the made-up people that the demo was filled with.
   Left out, because a demo holds no such thing: an invitation with its QR code, and an alert that a colleague has taken. */

import { axe, base, check, picture } from "./browser.mjs";
import { browser, look, not_live, open, settle } from "./staff_pages.mjs";

for (const left_out of ["invitation and second factor", "an alert that a colleague has taken"]) console.log(`  skipped with a demo server: ${left_out}`);

const password = "handrail-demo";
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
  await look(page, "sign-in");
  await page.getByRole("button", { name: "Go on" }).click();
  check("an empty form says what is missing", await page.getByRole("alert").isVisible());
  await page.getByLabel("Log-in name").fill("maeve");
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByText("The name or the password is wrong.").waitFor();
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("Code", { exact: true }).waitFor();
  check("the code field has focus", await page.evaluate(() => document.activeElement?.getAttribute("autocomplete") === "one-time-code"));
  await look(page, "code");
  await page.getByLabel("Code", { exact: true }).fill(await code_of("maeve"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator(".shell").waitFor();
}

async function caseload(page) {
  await page.getByRole("grid", { name: "Caseload" }).waitFor();
  check("asked once whether Handrail may call", await page.getByText("May Handrail call you").isVisible());
  await page.getByRole("button", { name: "Not now" }).click();
  const rows = await rows_of(page);
  const [first, second] = rows;
  check("danger now stands first", first.urgency === "now", first.urgency);
  const label = (await page.getByRole("row").filter({ hasText: first.name }).first().getAttribute("aria-label")) ?? "";
  check("a row reads urgency, name, reason, who", label.startsWith(`Now. ${first.name}.`) && label.includes(first.reason.replace(/\.$/, "")) && /Nobody yet$/.test(label), label);
  await page.locator(".chosen mark").first().waitFor();
  check("usual is folded", (await page.getByRole("row").filter({ hasText: rows.at(-1).name }).count()) === 0);
  await look(page, "caseload");

  await page.keyboard.press("j");
  await settle(page);
  check("J chooses the next person", (await page.locator(".chosen-name").textContent()) === second.name);
  await page.keyboard.press("k");
  await settle(page);
  check("K chooses the previous one", (await page.locator(".chosen-name").textContent()) === first.name);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Find or do" }).waitFor();
  await page.keyboard.type("quillan");
  await page.getByRole("option", { name: /Ada Quillan/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("h");
  check("H hides the words", await page.evaluate(() => getComputedStyle(document.querySelector(".case-why .their-words")).color === "rgba(0, 0, 0, 0)"));
  await page.keyboard.press("h");

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

async function alert(page, { alert: id, name }) {
  await page.goto(`${base}/staff/alerts/${id}`);
  await page.getByRole("heading", { name }).waitFor();
  await page.keyboard.press("s");
  check("saving says what is missing", await page.getByText(/Missing: acknowledge first/).isVisible());
  check("the words that raised it are marked", (await page.locator(".said mark").count()) > 0);
  await page.keyboard.press("a");
  await page.getByText("You acknowledged").first().waitFor();
  await look(page, "alert");
  await page.keyboard.press("y");
  await page.getByText("You agreed with the finding.").first().waitFor();
  await page.getByRole("button", { name: "No answer" }).first().click();
  await page.locator(".step.done").first().waitFor();
  check("an attempted call is kept at its step", await page.locator(".step.done").first().getByText(/no answer, Maeve/).isVisible());
  check("no answer is filled in beforehand", (await page.locator(".questions [data-selected]").count()) === 0);
  await page.keyboard.press("4");
  check("no contact asks for a reason and a second person", (await page.getByText("Why no contact is needed").isVisible()) && (await page.getByText(/second person has to agree/).first().isVisible()));
  await picture(page, "staff-alert-reason");
  await page.keyboard.press("1");
  await page.getByLabel("What you did, in your words").fill("Reached by telephone. A friend is on the way.");
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await page.getByText("This alert is closed. You are reading.").waitFor();
  check("closed only by the record of a named human", await page.getByText("Saved. The alert is closed.").first().isVisible());
  await picture(page, "staff-alert-closed");
}

async function hand_over(page, given, without_contact) {
  await page.goto(`${base}/staff/alerts/${given.alert}`);
  await page.getByRole("heading", { name: given.name }).waitFor();
  await page.keyboard.press("a");
  await page.getByText("You acknowledged").first().waitFor();
  await page.keyboard.press("o");
  await page.getByLabel("What you did, in your words").fill("Rang the safe number. Ruth knows them.");
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  check("a hand-over names the colleague", await page.getByText("Missing: name the colleague.").isVisible());
  await page.getByLabel("Which colleague").selectOption({ label: "Ruth Oyelaran-Vale, service lead" });
  await page.getByRole("button", { name: "Save the record" }).click();
  await page.getByText("Handed to Ruth Oyelaran-Vale. It is not accepted yet.").waitFor();

  await page.goto(`${base}/staff/alerts/${without_contact.alert}`);
  await page.getByRole("heading", { name: without_contact.name }).waitFor();
  await page.keyboard.press("a");
  await page.getByText("You acknowledged").first().waitFor();
  await page.keyboard.press("4");
  await page.getByLabel("Why no contact is needed").fill("Words of a song, said so on the telephone an hour ago.");
  await page.getByLabel("What you did, in your words").fill("Read the whole conversation.");
  await page.getByRole("button", { name: "Save the record" }).click();
  await page.getByText("Somebody else has to agree.").waitFor();
  check("one person alone cannot close now without contact", (await page.getByRole("button", { name: "I agree, close it" }).count()) === 0);
}

async function colleague(page, recorder, given, without_contact) {
  await page.goto(`${base}/staff/alerts/${given.alert}`);
  await page.getByRole("button", { name: "Accept it" }).waitFor();
  await axe(page, "hand-over");
  await picture(page, "staff-alert-hand-over");
  await page.getByRole("button", { name: "Accept it" }).click();
  await page.getByRole("button", { name: "Save the record" }).waitFor();
  await page.goto(`${base}/staff/alerts/${without_contact.alert}`);
  await page.getByRole("button", { name: "I agree, close it" }).waitFor();
  await axe(page, "second person");
  await picture(page, "staff-alert-second");
  await page.getByRole("button", { name: "I agree, close it" }).click();
  // A lead reads the words only while the alert is routed to the lead, so who recorded it says what became of it.
  await recorder.waitForFunction((id) => fetch(`/api/v1/alerts/${id}`).then((answer) => answer.json()).then((one) => one.state === "closed"), without_contact.alert, { polling: 500, timeout: 10_000 });
  check("two people closed it", true);
}

async function person(page) {
  const ada = (await rows_of(page)).find((row) => row.name === "Ada Quillan");
  await page.goto(`${base}/staff/people/${ada.person}`);
  await page.getByRole("heading", { name: "Ada Quillan" }).waitFor();
  await page.locator(".timeline li").first().waitFor();
  check("every event has a name", (await page.getByText(/event\.|path_step\./).count()) === 0);
  await look(page, "person");
  await page.locator(".chart").focus();
  await page.keyboard.press("End");
  check("arrow keys walk the chart", await page.locator(".chart-tip").isVisible());
  await picture(page, "staff-person-point");
  await page.keyboard.press("v");
  check("V shows the twin table, gaps as rows", (await page.locator(".gap-row").count()) >= 1);
  await axe(page, "person table");
  await picture(page, "staff-person-table");
  const before = await page.locator(".timeline li").count();
  await page.getByRole("button", { name: "Show older" }).click();
  await page.waitForFunction((n) => document.querySelectorAll(".timeline li").length > n, before);
  await page.goto(`${base}/staff/people`);
  await page.getByRole("link", { name: "Ada Quillan" }).waitFor();
  await look(page, "people");
}

async function live(page) {
  const tova = (await rows_of(page)).find((row) => row.name === "Tova Lindmark");
  await page.goto(`${base}/staff/live`);
  await page.getByRole("link", { name: /Tova Lindmark/ }).waitFor();
  await look(page, "live-queue");
  await page.goto(`${base}/staff/live/${tova.conversation}`);
  await page.getByRole("log").waitFor();
  await page.keyboard.press("t");
  await page.getByText("You are writing to Tova").waitFor();
  const field = page.getByLabel("Write to Tova");
  await field.fill("Tova, it’s Maeve. I’m here now. I’m staying with you in this chat.");
  await look(page, "live");
  await field.focus();
  await page.keyboard.press("Control+Enter");
  await page.locator(".log-words.human", { hasText: "staying with you" }).waitFor();
  check("the field is empty once it is stored", (await field.inputValue()) === "");
  await page.route("**/api/v1/conversations/*/messages", (route) => route.abort());
  await field.fill("Nothing to be sorry for.");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("Not sent. Your text is kept here.").waitFor();
  check("a lost connection keeps the text", (await field.inputValue()) === "Nothing to be sorry for.");
  await page.unroute("**/api/v1/conversations/*/messages");
  await field.fill("");
  await page.keyboard.press("Escape");
  await page.keyboard.press("b");
  await page.getByRole("dialog", { name: "Hand back" }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Hand back to the AI" }).click();
  check("handing back asks for one line", await page.getByText("Write one line first.").isVisible());
  await axe(page, "hand back");
  await page.getByLabel("One line").fill("At home, a friend is coming.");
  await page.getByRole("dialog").getByRole("button", { name: "Hand back to the AI" }).click();
  await page.getByText("Tova is talking with the AI.").waitFor();
}

/** Idris works in one team only: somebody of another team opens with a reason and a code, for one hour. */
async function outside_team(page, people) {
  let other = null;
  for (const row of people) if (!other && (await ask(page, `/people/${row.person}`)).status === 403) other = row;
  check("somebody is outside the team", other !== null);
  await page.goto(`${base}/staff/people/${other.person}`);
  await page.getByRole("heading", { name: "This person is not in your team" }).waitFor();
  await look(page, "break-glass");
  await page.getByLabel("Why you need to look").fill("They rang the duty telephone.");
  await page.getByLabel("Code", { exact: true }).fill(await code_of("idris"));
  await page.getByRole("button", { name: "Open for 60 minutes" }).click();
  await page.getByRole("heading", { name: other.name }).waitFor();
}

async function service(page) {
  await page.goto(`${base}/staff/service`);
  await page.getByText("Is every alert answered in time?").waitFor();
  await look(page, "service");
  await page.getByLabel("What you found").first().fill("Right to look.");
  await page.getByRole("button", { name: "Mark as reviewed" }).first().click();
  await page.getByText("Reviewed.").first().waitFor();
  check("break-glass is reviewed", true);
}

async function administration(page) {
  for (const section of ["start", "accounts", "invitations", "teams", "lines", "texts", "settings", "audit", "state"]) {
    await page.goto(`${base}/staff/administration/${section}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await settle(page);
    await look(page, `administration-${section}`);
  }
  await page.goto(`${base}/staff/administration/lines`);
  await page.getByLabel("Country").selectOption("IE");
  await page.getByRole("button", { name: "Check Aware" }).click();
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  check("a line is not accepted without saying how", await page.getByText("Say how you checked it.").isVisible());
  await page.getByText("I called and someone answered").click();
  await page.getByLabel("Checked on").fill("2026-11-20");
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await page.getByText(/^1 of \d+/).waitFor();
  check("there is no way to accept all at once", (await page.getByRole("button", { name: /accept all/i }).count()) === 0);
  await page.goto(`${base}/staff/administration/invitations`);
  await page.getByLabel("Name", { exact: true }).fill("Orla Fennwick");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.locator(".made-link code").waitFor();
  check("the link is shown once, with the token after #", /#/.test((await page.locator(".made-link code").textContent()) ?? ""));
  await page.goto(`${base}/staff/administration/audit`);
  await page.getByRole("button", { name: "Verify the record" }).click();
  await page.getByText("The record is whole").waitFor();
  check("an administrator has no caseload", (await page.getByRole("link", { name: "Caseload" }).count()) === 0);
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
  let open_alerts = [];
  const { context: context_of_maeve, page: recorder } = await open();
  {
    const page = recorder;
    await chapter("entry", page, () => entry(page));
    await chapter("caseload", page, () => caseload(page));
    open_alerts = await alerts_now(page);
    people = await rows_of(page);
    check("three alerts for danger now are open", open_alerts.length >= 3, `${open_alerts.length}`);
    await chapter("alert", page, () => alert(page, open_alerts[0]));
    await chapter("hand over", page, () => hand_over(page, open_alerts[1], open_alerts[2]));
    await chapter("person", page, () => person(page));
    await chapter("live", page, () => live(page));
    await chapter("findings", page, async () => {
      await page.goto(`${base}/staff/findings`);
      await page.getByRole("heading", { name: "Findings" }).waitFor();
      await page.locator(".finding-cards > li").first().waitFor();
      await look(page, "findings");
    });
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
      await colleague(page, recorder, open_alerts[1], open_alerts[2]);
    });
    await chapter("service", page, () => service(page));
    await context.close();
    await context_of_maeve.close();
  }
  {
    const { context, page } = await open();
    await chapter("administration", page, async () => {
      await touch_in(page, "kit");
      await administration(page);
    });
    await context.close();
  }
}
