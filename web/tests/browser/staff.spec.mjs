/* Staff in real Chromium: sign in, caseload, alert, person, live, findings, service, administration.
   HANDRAIL_URL is the server. With HANDRAIL_MOCK it is tools/mock_server.mjs and the story of its made-up people is told;
   without, it is a demo server and staff_real.mjs tells the same story with what the demo holds. Pictures are kept in web/test-results/. */

import { base, check, finish, picture } from "./browser.mjs";
import { accept_and_agree, administration, alert, asked_whether_to_call, asking, break_glass, browser, caseload_keys, course, findings, hand_over, live, look, not_live, on_call, open, people, service, settle, sign_in, sign_in_with_mistakes, two_thousand } from "./staff_pages.mjs";

const code_of = () => "123456";

async function entry() {
  const { context, page } = await open();
  await page.goto(`${base}/staff`);
  await page.getByLabel("Log-in name").waitFor();
  await sign_in_with_mistakes(page);

  await page.goto(`${base}/staff/invitation#7Q2K-M4XW-9HDR-TB3V`);
  await page.getByRole("heading", { name: "You are invited" }).waitFor();
  await page.getByLabel("Your name").waitFor();
  await look(page, "invitation");
  await page.getByLabel("Log-in name").fill("noor");
  await page.getByLabel("Password").fill("a long enough one");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("img", { name: "QR code with your secret key" }).waitFor();
  check("the token has left the address", !page.url().includes("#"));
  await look(page, "second-factor");
  await page.getByLabel("Code", { exact: true }).fill("123456");
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByRole("heading", { name: "Keep these codes" }).waitFor();
  check("going on waits until the codes are kept", await page.getByRole("button", { name: "Go on" }).isDisabled());
  await look(page, "recovery-codes");
  await page.goto(`${base}/staff/recovery`);
  await page.getByRole("heading", { name: "A new password" }).waitFor();
  await look(page, "recovery");
  await context.close();
}

async function caseload(page) {
  await page.getByRole("grid", { name: "Caseload" }).waitFor();
  await page.getByText("Not answered yet.").waitFor();
  await asked_whether_to_call(page);
  const first = page.getByRole("row").filter({ hasText: "Ada Merrowby" });
  check("a row reads urgency, name, reason, who", /^Now\. Ada Merrowby\. New\. Wrote: decided.*Nobody yet$/.test((await first.getAttribute("aria-label")) ?? ""), (await first.getAttribute("aria-label")) ?? "no label");
  check("the words that raised it are marked", (await page.locator(".chosen mark").count()) === 2);
  check("usual is folded", await page.getByText("38 people").isVisible());
  await look(page, "caseload");
  await caseload_keys(page, "Ada Merrowby", "Kofi Mensanor", "sunn", /Sunniva/);

  const raise = (urgency) => page.evaluate((how) => fetch("/api/v1/mock/raise", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ urgency: how }) }).then((answer) => answer.json()), urgency);
  await raise("today");
  await page.getByRole("button", { name: "1 new: show" }).waitFor();
  check("nothing moved by itself", (await page.locator(".case-row").nth(1).textContent())?.includes("Kofi") === true);
  await page.getByRole("button", { name: "1 new: show" }).click();
  await settle(page);
  check("then it stands under today", await page.getByText("4 people").first().isVisible());
  const now = await raise("now");
  await page.getByRole("row").filter({ hasText: now.person }).first().waitFor();
  check("now does not wait", true);
  await picture(page, "staff-caseload-two-now");
}

/** An alert that somebody else has taken turns to reading. */
async function taken_by_a_colleague(page) {
  await page.goto(`${base}/staff/alerts/al-kofi`);
  await page.getByText("You are reading.").waitFor();
  check("taken by a colleague: no form", (await page.locator(".record-form").count()) === 0);
  await look(page, "alert-reading");
}

const given = { alert: "al-ines", name: "Ines Valdoura", to: "Ruth Pellowe", acknowledge: false };
const without_contact = { alert: "al-p-usual-1" };

async function person(page) {
  await course(page, { id: "p-sunniva", name: "Sunniva Brekkstad", gaps: 2 });
  await asking(page, "Sunniva");
  await page.getByRole("button", { name: "Show older" }).click();
  await page.getByText("first visit").waitFor();
  await break_glass(page, { id: "p-silas", name: "Silas Orrin", code: "123456" });
  check("no answers yet is said", await page.getByText("No answers yet.").isVisible());
  await people(page, "Ada Merrowby");
}

async function mock_story() {
  await entry();
  {
    const { context, page } = await open();
    await sign_in(page, "maeve", code_of);
    await caseload(page);
    await alert(page, { id: "al-ada", name: "Ada Merrowby", record: "22:14 reached by chat. Joss is on the way." });
    await taken_by_a_colleague(page);
    await hand_over(page, given, without_contact);
    await person(page);
    await live(page, { in_queue: /Mei Langshaw/, conversation: "c-p-ada", first: "Ada" });
    await findings(page);
    await on_call(page);
    await not_live(page);
    await two_thousand(page);
    await context.close();
  }
  {
    const { context, page } = await open();
    await sign_in(page, "ruth", code_of);
    await page.evaluate(() => localStorage.setItem("handrail:staff-call", "off"));
    await accept_and_agree(page, given, without_contact);
    await page.getByText("This alert is closed. You are reading.").waitFor();
    check("two people closed it", true);
    await service(page);
    await context.close();
  }
  {
    const { context, page } = await open();
    await sign_in(page, "kit", code_of);
    await administration(page, { accepted: "2 of 5", invited: "Noor Calder" });
    await page.goto(`${base}/staff/administration/state`);
    const jumped = await page.getByText("The system clock jumped").textContent();
    check("a jump of the clock is told in words", /^The system clock jumped back by 7,200 seconds: (Today|Yesterday) \d\d:\d\d\.$/.test(jumped ?? ""), jumped ?? "");
    await context.close();
  }
}

if (process.env.HANDRAIL_MOCK) await mock_story();
else await (await import("./staff_real.mjs")).real_story();
await browser.close();
finish("staff");
