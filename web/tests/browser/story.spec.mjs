/* One story from both sides, against the real server: a new person writes that they think of ending it all; a clinician who is
   signed in already sees it without reloading, answers it, and writes to them; then check-in, questions, progress, who looked, help
   without a network. Told twice: person on a phone and clinician at a desk, then the other way round.
   HANDRAIL_URL is a server started with --demo. Pictures are kept in web/test-results/. */

import { axe, base, check, finish, fits, open_page, picture, sizes } from "./browser.mjs";
import { offline, phq_9, save_check_in, send, sleep_deeds_and_note, welcome } from "./person_pages.mjs";
import { browser, sign_in as sign_in_staff } from "./staff_pages.mjs";

const said = "I can't sleep and I keep thinking about ending it all";
const from_the_human = "Hello, this is the night team. I read what you wrote and I am staying with you in this chat.";
const settle = (page) => page.waitForTimeout(250);
const fetched = (page, path) => page.evaluate((where) => fetch(where).then((answer) => answer.json()), path);

/** Each step is a check of its own: one that breaks is named, and the story goes on as far as it can. */
async function step(name, page, what) {
  const began = Date.now();
  let holds = true;
  try {
    await what();
  } catch (error) {
    holds = false;
    check(`the step "${name}"`, false, String(error.message ?? error).split("\n").slice(0, 5).join(" "));
    await picture(page, `broken-story-${name.replaceAll(" ", "-")}`).catch(() => undefined);
  }
  console.log(`  ${name} ${((Date.now() - began) / 1000).toFixed(1)} s`);
  if (!holds) throw new Error(name);
}

async function sign_in(page, login) {
  await sign_in_staff(page, login, async () => (await fetched(page, "/api/v1/demo/log-ins")).staff.find((one) => one.login === login).code);
  await page.getByRole("grid", { name: "Caseload" }).waitFor();
  const later = page.getByRole("button", { name: "Not now" });
  if (await later.isVisible()) await later.click();
  await page.evaluate(() => { window.never_reloaded = true; });
}

async function danger(page, size) {
  await send(page, said);
  await page.locator(".calls").last().waitFor();
  await settle(page);
  const reply = await page.locator(".log").innerText();
  check("the answer hears it", /sorry|hear|heard|thank you for (saying|telling)|glad you/i.test(reply), reply.slice(-600));
  check("it asks directly about suicide", /suicide|kill(ing)? yourself|end(ing)? your life/i.test(await page.locator(".question .voice").last().innerText()));
  const numbers = await page.locator(".calls a[href^='tel:']").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const lines = await fetched(page, "/api/v1/help?country=IE");
  const of_ireland = [...lines.lines.map((line) => line.dial ?? line.phone), ...lines.emergency.numbers].filter(Boolean).map((number) => number.replace(/\D/g, ""));
  check("it shows a line of the person's country", numbers.some((number) => of_ireland.some((one) => number.replace(/\D/g, "").endsWith(one))), `${numbers.join(" ")} | ${of_ireland.join(" ")}`);
  await axe(page, `story danger ${size}`);
  await fits(page, `story danger ${size}`);
  await picture(page, `story-1-danger-${size}`);
}

/** Brings the row of a person into view: the list keeps only what is on the page. */
async function row_of(page, person) {
  const row = page.locator(`.case-row[data-key="${person}"]`);
  await page.locator(".case-grid").hover();
  for (let scrolled = 0; scrolled < 40 && !(await row.isVisible()); scrolled += 1) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(60);
  }
  await row.waitFor({ timeout: 2000 });
  return row;
}

async function alert_arrives(page, person, size) {
  const waiting = page.getByRole("button", { name: /\d+ new: show/ });
  const row = page.locator(`.case-row[data-key="${person}"]`);
  await waiting.or(row).first().waitFor({ timeout: 15_000 });
  check("the alert came without reloading", await page.evaluate(() => window.never_reloaded === true));
  await picture(page, `story-2-alert-arrives-${size}`);
  if (await waiting.isVisible()) await waiting.click();
  const found = await row_of(page, person);
  check("the row names urgency and reason", /^(Now|Today)\./.test((await found.getAttribute("aria-label")) ?? ""), (await found.getAttribute("aria-label")) ?? "no label");
  await found.click();
  await page.locator(".chosen mark").first().waitFor();
  check("the words that raised it are marked", /ending it all/i.test((await page.locator(".chosen mark").allInnerTexts()).join(" ")), (await page.locator(".chosen mark").allInnerTexts()).join(" | "));
  await axe(page, `story caseload ${size}`);
  await picture(page, `story-3-caseload-${size}`);
  await page.keyboard.press("Escape");
  await page.locator(".chosen").getByRole("button", { name: /^Open/ }).first().click();
}

async function act(page, size) {
  await page.locator(".alert-page").waitFor();
  check("the alert page marks the words", /ending it all/i.test((await page.locator(".happened mark").allInnerTexts()).join(" ")));
  check("it names the rule", /Rule: \S/.test(await page.locator(".rule-card").innerText()));
  check("it names the source", (await page.locator(".rule-card").innerText()).split("\n").filter(Boolean).length >= 2 && (await page.locator(".rule-card .second").count()) > 0);
  check("it shows what the person was told", (await page.locator(".told-text").innerText()).length > 40);
  await axe(page, `story alert ${size}`);
  await picture(page, `story-4-alert-${size}`);
  await page.keyboard.press("a");
  await page.getByText("You acknowledged").first().waitFor();
  await page.keyboard.press("y");
  await page.getByText("You agreed with the finding.").first().waitFor();
  await page.keyboard.press("t");
  await page.getByText(/You are writing to/).waitFor();
  const field = page.locator(".composer textarea");
  await field.fill(from_the_human);
  await field.focus();
  await page.keyboard.press("Control+Enter");
  await page.locator(".log-words.human", { hasText: "I am staying with you" }).waitFor();
  await axe(page, `story live ${size}`);
  await picture(page, `story-5-live-${size}`);
}

async function human_heard(page, name, size) {
  await page.locator(".human-words", { hasText: "I am staying with you" }).waitFor({ timeout: 15_000 });
  const first = name.split(" ")[0];
  check("the person sees who writes", (await page.locator(".human-words .speaker").first().innerText()).includes(first));
  check("the page says that this is a human now", await page.getByText(new RegExp(`You are talking to ${first}`)).first().isVisible());
  const before = await page.locator(".log li").count();
  await page.getByRole("textbox").last().fill("thank you. I am still here");
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator(".bubble", { hasText: "I am still here" }).waitFor();
  await page.waitForTimeout(1200);
  check("the AI is quiet while a human is here", (await page.locator(".log li").count()) === before + 1);
  await axe(page, `story human ${size}`);
  await picture(page, `story-6-human-${size}`);
}

async function hand_back(page, alert, size) {
  await page.locator(".log-words", { hasText: "I am still here" }).waitFor({ timeout: 15_000 });
  await page.locator("body").click({ position: { x: 2, y: 2 } });
  await page.getByRole("button", { name: /Hand back to the AI/ }).first().click();
  await page.getByLabel("One line").fill("Calmer. Will ring a friend. Next talk tomorrow.");
  await page.getByRole("dialog").getByRole("button", { name: "Hand back to the AI" }).click();
  await page.getByText(/is talking with the AI/).waitFor();
  await page.goto(`${base}/staff/alerts/${alert}`);
  await page.locator(".alert-page").waitFor();
  await page.getByLabel("What you did, in your words").fill("Wrote with them for ten minutes. Safe tonight, a friend is coming.");
  await page.locator("[data-outcome=reached]").click();
  await page.getByText("This alert is closed. You are reading.").waitFor();
  check("the outcome stands in the record", await page.getByText("Safe tonight, a friend is coming.").first().isVisible());
  await picture(page, `story-7-closed-${size}`);
}

async function back_with_the_ai(page) {
  await page.getByText(/has left/).first().waitFor({ timeout: 15_000 });
  check("the person is told that the human left", true);
}

async function check_in(page, size) {
  await page.goto(`${base}/#/check-in`);
  const began = Date.now();
  await page.getByRole("radiogroup").first().waitFor();
  await page.locator(".level").nth(1).click();
  await sleep_deeds_and_note(page, [1], "A bit lighter after talking");
  await save_check_in(page);
  check("a check-in is a few touches", Date.now() - began < 30_000);
  await picture(page, `story-8-check-in-${size}`);
}

async function questions(page, size) {
  await page.goto(`${base}/#/questions`);
  await phq_9(page, (item) => page.locator(".choice").nth(item === 9 ? 2 : 1).click(), () => picture(page, `story-9-item-nine-${size}`));
  check("the result is told in words", (await page.locator("main").innerText()).length > 60);
  await picture(page, `story-10-result-${size}`);
}

async function progress(page, size) {
  await page.goto(`${base}/#/progress`);
  await page.locator(".sentence, .state").first().waitFor();
  check("progress says something a person can read", (await page.locator("main").innerText()).trim().length > 40);
  await axe(page, `story progress ${size}`);
  await picture(page, `story-11-progress-${size}`);
}

async function who_looked(page, name, size) {
  await page.goto(`${base}/#/more/privacy`);
  await page.locator(".looked li", { hasText: name }).first().waitFor();
  const section = page.locator("section[aria-labelledby=looked]");
  check("who looked names the clinician", (await section.innerText()).includes(name), (await section.innerText()).slice(0, 400));
  await picture(page, `story-12-who-looked-${size}`);
}

async function item_nine_reaches(page, person, size) {
  await page.goto(`${base}/staff/caseload`);
  await page.getByRole("grid", { name: "Caseload" }).waitFor();
  const rows = (await fetched(page, "/api/v1/caseload")).groups.flatMap((group) => group.people);
  const row = rows.find((one) => one.person === person);
  check("item 9 raised a new alert after the first was closed", Boolean(row?.alert), JSON.stringify(row ?? null));
  await picture(page, `story-13-item-nine-alert-${size}`);
}

async function help_offline(page, context, size) {
  await page.goto(`${base}/#/talk`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForTimeout(800);
  await offline(context, async () => {
    await page.getByRole("link", { name: "Get help now" }).first().click();
    await page.getByRole("heading", { name: "Get help now" }).waitFor();
    await page.locator("main a[href^='tel:']").first().waitFor();
    check("help opens without a network", (await page.locator("main a[href^='tel:']").count()) > 1);
    await axe(page, `story help offline ${size}`);
    await picture(page, `story-14-help-offline-${size}`);
    await page.goto(`${base}/help.html`);
    check("its own address opens without a network too", (await page.locator("main a[href^='tel:']").count()) > 0);
  });
}

async function story(size, view, staff_size, staff_view, login) {
  console.log(`Person: ${size}, ${view.width} px. Clinician ${login}: ${staff_size}, ${staff_view.width} px.`);
  const staff = await open_page(browser, { viewport: staff_view, deviceScaleFactor: 1 });
  const person = await open_page(browser, { viewport: view });
  try {
    await step("clinician signs in", staff.page, () => sign_in(staff.page, login));
    const name = (await fetched(staff.page, "/api/v1/me")).display_name;
    await step("welcome", person.page, () => welcome(person.page));
    const id = (await fetched(person.page, "/api/v1/me")).person;
    await step("danger", person.page, () => danger(person.page, size));
    await step("alert arrives", staff.page, () => alert_arrives(staff.page, id, staff_size));
    await staff.page.waitForURL(/\/staff\/alerts\//);
    const alert = staff.page.url().split("/").pop();
    await step("act", staff.page, () => act(staff.page, staff_size));
    await step("human heard", person.page, () => human_heard(person.page, name, size));
    await step("hand back and record", staff.page, () => hand_back(staff.page, alert, staff_size));
    await step("back with the AI", person.page, () => back_with_the_ai(person.page));
    await step("check-in", person.page, () => check_in(person.page, size));
    await step("questions", person.page, () => questions(person.page, size));
    await step("progress", person.page, () => progress(person.page, size));
    await step("who looked", person.page, () => who_looked(person.page, name, size));
    await step("item nine reaches a clinician", staff.page, () => item_nine_reaches(staff.page, id, staff_size));
    await step("help without a network", person.page, () => help_offline(person.page, person.context, size));
  } catch (broken) {
    console.log(`  the story stopped at "${broken.message}"`);
    check(`the story told on a ${size} reaches its end`, false, broken.message);
  }
  await person.context.close();
  await staff.context.close();
}

await story("phone", sizes.phone, "desk", { width: 1440, height: 900 }, "maeve");
await story("desk", sizes.desk, "small-desk", { width: 1024, height: 768 }, "pia");
await browser.close();
finish("story");
