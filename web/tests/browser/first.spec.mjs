/* The first assessment in real Chromium: switched on, filled in on a phone, left and gone on with, with words of danger in the middle
   and without a network for a moment; sent; a lead names somebody, who reads and prints it. HANDRAIL_URL is a demo server. */

import { axe, base, check, finish, fits, open_page, picture, sizes } from "./browser.mjs";
import { browser, look, open, settle } from "./staff_pages.mjs";

const ask = (page, method, path, body) => page.evaluate(([how, of, given]) => fetch(`/api/v1${of}`, { method: how, headers: { "content-type": "application/json" }, body: given && JSON.stringify(given) }).then(async (answer) => ({ status: answer.status, body: await answer.json().catch(() => null) })), [method, path, body]);

async function staff(login) {
  const { context, page } = await open();
  await page.goto(`${base}/staff`);
  await page.getByRole("button", { name: new RegExp(`^${login} `) }).click();
  await page.locator(".shell").waitFor();
  return { context, page };
}

async function switch_on() {
  const { context, page } = await staff("kit");
  await page.goto(`${base}/staff/administration/settings`);
  await page.getByLabel("Ask people these questions").check();
  await page.getByLabel("Working days until somebody has read it").fill("11");
  await page.getByRole("button", { name: "Save the questions at the start" }).click();
  await page.getByText("Give 1 to 10 working days.").waitFor();
  await page.getByLabel("Working days until somebody has read it").fill("3");
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/admin/first-assessment") && answer.request().method() === "PUT" && answer.ok());
  await page.getByRole("button", { name: "Save the questions at the start" }).click();
  await saved;
  await page.getByText("Saved", { exact: false }).first().waitFor();
  check("the service asks it", (await ask(page, "GET", "/admin/first-assessment")).body.on === true);
  await context.close();
}

/** Somebody new, signed in on a phone. */
async function person() {
  const { context, page } = await open_page(browser, { serviceWorkers: "block" });
  await page.goto(base);
  const consents = { record: true, staff_reading: true, language_model: false, research: false };
  await ask(page, "POST", "/sign-up", { display_name: "Wren Halloway", age_band: "26_64", country: "IE", language: "en", consents });
  const id = (await ask(page, "GET", "/me")).body.person;
  await page.reload();
  await page.getByRole("log").waitFor();
  return { context, page, id };
}

const next = (page) => page.getByRole("button", { name: "Next" }).click();
async function choose(page, question, answer) {
  await page.getByText(question, { exact: false }).first().waitFor();
  await page.getByText(answer, { exact: true }).click();
  await next(page);
}

async function fill_in(page, context) {
  await page.getByRole("link", { name: "Begin with a few questions" }).click();
  await page.getByLabel("What brings you here?", { exact: false }).waitFor();
  for (const size of ["phone", "desk"]) {
    await page.setViewportSize(sizes[size]);
    await settle(page);
    await picture(page, `first-${size}`);
    await axe(page, `first question ${size}`);
  }
  await page.setViewportSize(sizes.narrow);
  await fits(page, "first question at 320 px");
  await page.setViewportSize(sizes.phone);
  await page.getByLabel("What brings you here?", { exact: false }).fill("I am going to kill myself tonight.");
  await next(page);
  await page.getByRole("alert").filter({ hasText: "112" }).waitFor();
  await page.getByText("How long has it been like this?").waitFor();
  check("C12: the fixed words come first, and it goes on", await page.getByRole("alert").isVisible());
  await picture(page, "first-danger");
  await axe(page, "first question with the fixed words");
  await choose(page, "How long has it been like this?", "Some months");
  await page.getByText("work, school or what you have to do", { exact: false }).waitFor();
  // Left, and gone on with.
  await page.goto(`${base}/#/talk`);
  await page.getByRole("log").waitFor();
  await page.goto(`${base}/first.html`);
  await page.getByText("work, school or what you have to do", { exact: false }).waitFor();
  check("it goes on where it was left", true);
  await context.setOffline(true);
  await choose(page, "work, school", "Quite a lot");
  await page.getByText("Your answer waits on this page.", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Skip this" }).click();
  await context.setOffline(false);
  for (let i = 0; i < 3; i += 1) await page.getByRole("button", { name: "Skip this" }).click();
  await choose(page, "What have you tried so far?", "Therapy or counselling");
  await page.getByLabel("What of it helped", { exact: false }).fill("Walking with my sister.");
  await next(page);
  await page.getByRole("button", { name: "Skip this" }).click();
  await page.getByRole("button", { name: "Skip this" }).click();
  await page.getByText("I hear or see things that others do not").click();
  await page.getByText("None of these").click();
  check("none of these stands alone", !(await page.getByLabel("I hear or see things that others do not").isChecked()));
  await next(page);
  await page.getByText("have you thought of being dead", { exact: false }).waitFor();
  check("the question about safety cannot be skipped", (await page.getByRole("button", { name: "Skip this" }).count()) === 0);
  await next(page);
  await page.getByText("You can say that you would rather not say.", { exact: false }).waitFor();
  await axe(page, "first question about safety");
  await choose(page, "have you thought of being dead", "I would rather not say");
  await page.getByLabel("What do you wish for?", { exact: false }).fill("To sleep.");
  await next(page);
  await page.getByRole("heading", { name: "This is what you said" }).waitFor();
  await picture(page, "first-page", { fullPage: true });
  await axe(page, "first page in own words");
  await page.getByRole("button", { name: /^Change: What do you wish for/ }).click();
  await page.getByLabel("What do you wish for?", { exact: false }).fill("To sleep through a night.");
  await next(page);
  await page.getByText("To sleep through a night.").waitFor();
  await page.getByRole("button", { name: "Send it" }).click();
  await page.getByRole("heading", { name: "It has been sent" }).waitFor();
  check("it is said who reads it and by when", /The lead of the service names who\. It is to be read by/.test(await page.locator("#page").innerText()), await page.locator("#page").innerText());
  await picture(page, "first-sent", { fullPage: true });
  await page.goto(`${base}/#/talk`);
  await page.getByRole("log").waitFor();
  await settle(page);
  check("the talk asks for it no more", (await page.getByText(/questions$/).filter({ hasText: /Begin|Go on/ }).count()) === 0);
}

async function read(id) {
  const lead = await staff("ruth");
  await lead.page.goto(`${base}/staff/service`);
  await lead.page.getByRole("heading", { name: "First assessments that wait" }).waitFor();
  const options = await lead.page.getByLabel("Who reads it").locator("option").allInnerTexts();
  check("a lead may name clinicians of the team", options.length > 1, options.join());
  await look(lead.page, "first-lead");
  const waiting = (await ask(lead.page, "GET", "/first-assessments")).body.items.find((one) => one.person === id);
  await lead.page.getByLabel("Who reads it").selectOption({ label: waiting.may_read[0].name });
  await lead.page.getByText("Named.").first().waitFor();
  await lead.context.close();
  const login = waiting.may_read[0].name.split(" ").find((part) => /^(Maeve|Idris|Noor|Pia)$/.test(part))?.toLowerCase();
  const { context, page } = await staff(login ?? "maeve");
  await page.goto(`${base}/staff/people/${id}`);
  await page.getByRole("heading", { name: "First assessment" }).waitFor();
  const quoted = page.getByText("“Walking with my sister.”");
  await quoted.waitFor({ timeout: 10_000 }).catch(() => undefined); // the heading stands there before the words
  check("their words are quoted", await quoted.isVisible());
  check("what was noticed stands there with why", await page.getByText("That is not a no.", { exact: false }).first().isVisible());
  await look(page, "first-staff");
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => document.documentElement.classList.add("print-first"));
  check("it prints alone", (await page.getByText("“Walking with my sister.”").isVisible()) && !(await page.locator(".chart-card").isVisible()));
  await picture(page, "first-print", { fullPage: true });
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => document.documentElement.classList.remove("print-first"));
  await page.getByRole("button", { name: "I have read it" }).click();
  await page.getByRole("button", { name: "Mark as read" }).click();
  await page.getByText("Write in a few words what follows from it.").waitFor();
  await page.getByLabel("Note", { exact: false }).last().fill("First talk on Tuesday at ten.");
  await page.getByRole("button", { name: "Mark as read" }).click();
  await page.getByText("First talk on Tuesday at ten.").first().waitFor(); // "read by" stands there before as well
  check("the note stands there", await page.getByText("Read by", { exact: false }).first().isVisible());
  await context.close();
}

await switch_on();
const somebody = await person();
await fill_in(somebody.page, somebody.context);
await read(somebody.id);
await somebody.page.goto(`${base}/first.html`);
await somebody.page.getByText("It was read on", { exact: false }).waitFor();
check("the person sees that it was read", true);
await somebody.context.close();
await browser.close();
finish("first assessment");
