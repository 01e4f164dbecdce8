/* Staff in real Chromium: sign in, caseload, alert, person, live, findings, service, administration.
   HANDRAIL_URL is the server. With HANDRAIL_MOCK it is tools/mock_server.mjs and the story of its made-up people is told;
   without, it is a demo server and staff_real.mjs tells the same story with what the demo holds. Pictures are kept in web/test-results/. */

import { axe, base, check, finish, picture } from "./browser.mjs";
import { browser, look, not_live, open, settle } from "./staff_pages.mjs";

async function sign_in(page, login) {
  await page.goto(`${base}/staff`);
  await page.getByLabel("Log-in name").fill(login);
  await page.getByLabel("Password").fill("handrail-demo");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("Code", { exact: true }).fill("123456");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator(".shell").waitFor();
}

async function entry() {
  const { context, page } = await open();
  await page.goto(`${base}/staff`);
  await page.getByLabel("Log-in name").waitFor();
  await look(page, "sign-in");
  await page.getByRole("button", { name: "Go on" }).click();
  check("an empty form says what is missing", await page.getByRole("alert").isVisible());
  await page.getByLabel("Log-in name").fill("maeve");
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByText("The name or the password is wrong.").waitFor();
  await page.getByLabel("Password").fill("handrail-demo");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("Code", { exact: true }).waitFor();
  check("the code field has focus", await page.evaluate(() => document.activeElement?.getAttribute("autocomplete") === "one-time-code"));
  await look(page, "code");

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
  check("asked once whether Handrail may call", await page.getByText("May Handrail call you").isVisible());
  await page.getByRole("button", { name: "Not now" }).click();
  const first = page.getByRole("row").filter({ hasText: "Ada Merrowby" });
  check("a row reads urgency, name, reason, who", /^Now\. Ada Merrowby\. New\. Wrote: decided.*Nobody yet$/.test((await first.getAttribute("aria-label")) ?? ""), (await first.getAttribute("aria-label")) ?? "no label");
  check("the words that raised it are marked", (await page.locator(".chosen mark").count()) === 2);
  check("usual is folded", await page.getByText("38 people").isVisible());
  await look(page, "caseload");

  await page.keyboard.press("j");
  await settle(page);
  check("J chooses the next person", (await page.locator(".chosen-name").textContent()) === "Kofi Mensanor");
  await page.keyboard.press("k");
  await settle(page);
  check("K chooses the previous one", (await page.locator(".chosen-name").textContent()) === "Ada Merrowby");

  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "All keys" }).waitFor();
  await axe(page, "keys");
  await picture(page, "staff-keys");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Find or do" }).waitFor();
  await page.keyboard.type("sunn");
  await page.getByRole("option", { name: /Sunniva/ }).waitFor();
  await axe(page, "palette");
  await picture(page, "staff-palette");
  await page.keyboard.press("Escape");
  await page.keyboard.press("h");
  check("H hides the words", await page.evaluate(() => getComputedStyle(document.querySelector(".case-why .their-words")).color === "rgba(0, 0, 0, 0)"));
  await page.keyboard.press("h");

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

async function alert(page) {
  await page.goto(`${base}/staff/alerts/al-ada`);
  await page.getByRole("heading", { name: "Ada Merrowby" }).waitFor();
  await page.keyboard.press("s");
  check("saving says what is missing", await page.getByText(/Missing: acknowledge first/).isVisible());
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
  await page.getByLabel("What you did, in your words").fill("22:14 reached by chat. Joss is on the way.");
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await page.getByText("This alert is closed. You are reading.").waitFor();
  check("closed only by the record of a named human", await page.getByText("Saved. The alert is closed.").first().isVisible());
  await picture(page, "staff-alert-closed");

  await page.goto(`${base}/staff/alerts/al-kofi`);
  await page.getByText("You are reading.").waitFor();
  check("taken by a colleague: no form", (await page.getByRole("button", { name: "Save the record" }).count()) === 0);
  await look(page, "alert-reading");
}

async function hand_over(page) {
  await page.goto(`${base}/staff/alerts/al-ines`);
  await page.getByRole("heading", { name: "Ines Valdoura" }).waitFor();
  await page.keyboard.press("o");
  await page.getByLabel("What you did, in your words").fill("Rang the safe number. Ruth knows her.");
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  check("a hand-over names the colleague", await page.getByText("Missing: name the colleague.").isVisible());
  await page.getByLabel("Which colleague").selectOption({ label: "Ruth Pellowe, service lead" });
  await page.getByRole("button", { name: "Save the record" }).click();
  await page.getByText("Handed to Ruth Pellowe. It is not accepted yet.").waitFor();

  await page.goto(`${base}/staff/alerts/al-p-usual-1`);
  await page.getByRole("button", { name: "Acknowledge" }).first().waitFor();
  await page.keyboard.press("a");
  await page.getByText("You acknowledged").first().waitFor();
  await page.keyboard.press("4");
  await page.getByLabel("Why no contact is needed").fill("Words of a song, said so herself.");
  await page.getByLabel("What you did, in your words").fill("Read the whole conversation.");
  await page.getByRole("button", { name: "Save the record" }).click();
  await page.getByText("Somebody else has to agree.").waitFor();
  check("one person alone cannot close now without contact", (await page.getByRole("button", { name: "I agree, close it" }).count()) === 0);
}

async function colleague(page) {
  await page.goto(`${base}/staff/alerts/al-ines`);
  await page.getByRole("button", { name: "Accept it" }).waitFor();
  await axe(page, "hand-over");
  await picture(page, "staff-alert-hand-over");
  await page.getByRole("button", { name: "Accept it" }).click();
  await page.getByRole("button", { name: "Save the record" }).waitFor();
  await page.goto(`${base}/staff/alerts/al-p-usual-1`);
  await page.getByRole("button", { name: "I agree, close it" }).waitFor();
  await axe(page, "second person");
  await picture(page, "staff-alert-second");
  await page.getByRole("button", { name: "I agree, close it" }).click();
  await page.getByText("This alert is closed. You are reading.").waitFor();
  check("two people closed it", true);
}

async function person(page) {
  await page.goto(`${base}/staff/people/p-sunniva`);
  await page.getByRole("heading", { name: "Sunniva Brekkstad" }).waitFor();
  await settle(page);
  await look(page, "person");
  await page.locator(".chart").focus();
  await page.keyboard.press("End");
  check("arrow keys walk the chart", await page.locator(".chart-tip").isVisible());
  await picture(page, "staff-person-point");
  await page.keyboard.press("v");
  check("V shows the twin table, gaps as rows", (await page.locator(".gap-row").count()) >= 2);
  await axe(page, "person table");
  await picture(page, "staff-person-table");
  await page.getByRole("button", { name: "Show older" }).click();
  await page.getByText("first visit").waitFor();
  await page.goto(`${base}/staff/people/p-silas`);
  await page.getByRole("heading", { name: "This person is not in your team" }).waitFor();
  await look(page, "break-glass");
  await page.getByLabel("Why you need to look").fill("He rang the duty telephone.");
  await page.getByLabel("Code", { exact: true }).fill("123456");
  await page.getByRole("button", { name: "Open for 60 minutes" }).click();
  await page.getByRole("heading", { name: "Silas Orrin" }).waitFor();
  check("no answers yet is said", await page.getByText("No answers yet.").isVisible());
  await page.goto(`${base}/staff/people`);
  await page.getByRole("link", { name: "Ada Merrowby" }).waitFor();
  await look(page, "people");
}

async function live(page) {
  await page.goto(`${base}/staff/live`);
  await page.getByRole("link", { name: /Mei Langshaw/ }).waitFor();
  await look(page, "live-queue");
  await page.goto(`${base}/staff/live/c-p-ada`);
  await page.getByRole("log").waitFor();
  await page.keyboard.press("t");
  await page.getByText("You are writing to Ada").waitFor();
  const field = page.getByLabel("Write to Ada");
  await field.fill("Ada, it’s Maeve. I rang twice and I’m here now. I’m staying with you in this chat.");
  await look(page, "live");
  await field.focus();
  await page.keyboard.press("Control+Enter");
  await page.locator(".log-words.human", { hasText: "I rang twice" }).waitFor();
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
  await page.getByLabel("One line").fill("At home, Joss is coming.");
  await page.getByRole("dialog").getByRole("button", { name: "Hand back to the AI" }).click();
  await page.getByText("Ada is talking with the AI.").waitFor();
}

async function administration(page) {
  for (const section of ["start", "accounts", "invitations", "teams", "lines", "texts", "settings", "audit", "state"]) {
    await page.goto(`${base}/staff/administration/${section}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await settle(page);
    await look(page, `administration-${section}`);
  }
  await page.goto(`${base}/staff/administration/lines`);
  await page.getByRole("button", { name: "Check Aware" }).click();
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  check("a line is not accepted without saying how", await page.getByText("Say how you checked it.").isVisible());
  await page.getByText("I called and someone answered").click();
  await page.getByLabel("Checked on").fill("2026-11-20");
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await page.getByText("2 of 5").waitFor();
  check("there is no way to accept all at once", (await page.getByRole("button", { name: /accept all/i }).count()) === 0);
  await page.goto(`${base}/staff/administration/invitations`);
  await page.getByLabel("Name", { exact: true }).fill("Noor Calder");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.locator(".made-link code").waitFor();
  check("the link is shown once, with the token after #", /#/.test((await page.locator(".made-link code").textContent()) ?? ""));
  await picture(page, "staff-administration-link");
  await page.goto(`${base}/staff/administration/audit`);
  await page.getByRole("button", { name: "Verify the record" }).click();
  await page.getByText("The record is whole").waitFor();
  check("an administrator has no caseload", (await page.getByRole("link", { name: "Caseload" }).count()) === 0);
}

async function mock_story() {
  await entry();
  {
    const { context, page } = await open();
    await sign_in(page, "maeve");
    await caseload(page);
    await alert(page);
    await hand_over(page);
    await person(page);
    await live(page);
    await page.goto(`${base}/staff/findings`);
    await page.getByRole("heading", { name: "Findings" }).waitFor();
    await settle(page);
    await look(page, "findings");
    await not_live(page);
    await context.close();
  }
  {
    const { context, page } = await open();
    await sign_in(page, "ruth");
    await page.evaluate(() => localStorage.setItem("handrail:staff-call", "off"));
    await colleague(page);
    await page.goto(`${base}/staff/service`);
    await page.getByText("Is every alert answered in time?").waitFor();
    await look(page, "service");
    await page.getByLabel("What you found").first().fill("Right to look.");
    await page.getByRole("button", { name: "Mark as reviewed" }).first().click();
    await page.getByText("Reviewed.").nth(1).waitFor();
    check("break-glass is reviewed", true);
    await context.close();
  }
  {
    const { context, page } = await open();
    await sign_in(page, "kit");
    await administration(page);
    await context.close();
  }
}

if (process.env.HANDRAIL_MOCK) await mock_story();
else await (await import("./staff_real.mjs")).real_story();
await browser.close();
finish("staff");
