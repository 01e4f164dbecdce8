/* What the stories of a person share: the way in, writing, a check-in, a questionnaire. `look` is what a story does at each
   page on the way: pictures in both lights, or nothing. */

import { base, check } from "./browser.mjs";

const nothing = async () => undefined;

/** From the notice to the conversation, agreeing to record and staff reading. */
export async function welcome(page, look = nothing) {
  await page.goto(base);
  await page.getByRole("button", { name: "I have read this. Go on" }).waitFor();
  check("help stands before any form", (await page.locator("main input").count()) === 0 && (await page.getByRole("link", { name: "Get help now" }).first().isVisible()));
  check("four plain statements", (await page.locator(".statements > li").count()) === 4);
  const notice = await page.locator(".statements").innerText();
  check("the notice says that this is an AI and no emergency service", /AI/.test(notice) && /emergency/i.test(notice));
  check("the notice says who reads, and when", /care team reads/.test(notice) && /do not watch all the time/.test(notice) && notice.includes((await service_of(page)).staffed.text), notice);
  check("the notice says which words call whom", /dying.*hurt.*call your care team/.test(notice), notice);
  await look("welcome");
  await page.getByRole("button", { name: "I have read this. Go on" }).click();

  await page.getByRole("heading", { name: "A little about you" }).waitFor();
  await page.getByRole("button", { name: "Go on" }).click();
  check("missing answers are listed and take focus", await page.evaluate(() => document.activeElement?.getAttribute("role") === "alert"));
  await look("about-you");
  await page.getByLabel("Where are you now?").selectOption("IE");
  await page.getByRole("radio", { name: "26 to 64" }).check({ force: true });
  await page.getByRole("button", { name: "Go on" }).click();

  await page.getByRole("heading", { name: "You choose" }).waitFor();
  check("nothing is ticked beforehand", (await page.locator("input[role=switch]").count()) >= 4 && (await page.locator("input[role=switch]:checked").count()) === 0);
  await look("consent");
  await page.getByText("Keep what I write and answer here", { exact: true }).click();
  await page.getByText("My care team may read what I write").click();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByRole("log").waitFor();
}

const service_of = (page) => page.evaluate(() => fetch("/api/v1/service").then((answer) => answer.json()));

export async function send(page, text) {
  await page.getByLabel("Your message").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator(".bubble", { hasText: text }).first().waitFor();
}

/** The rest of a check-in whose mood is chosen already. */
export async function sleep_deeds_and_note(page, deeds, note) {
  await page.locator(".hour").nth(2).click();
  for (const deed of deeds) await page.locator(".word").nth(deed).click();
  await page.locator("main textarea").fill(note);
}

export async function save_check_in(page) {
  await page.getByRole("button", { name: "Save check-in" }).click();
  await page.getByText("Saved. Thank you.").waitFor();
}

/** PHQ-9 from its first item to the last. `answer(item)` chooses and says whether to press Continue; item 9 shows help at once. */
export async function phq_9(page, answer, helped) {
  await page.locator(".menu a[href$='/phq-9']").click();
  await page.getByText(/Question 1 of/).waitFor();
  const total = Number(/of (\d+)/.exec(await page.getByText(/Question 1 of/).first().innerText())[1]);
  let shown = 0;
  for (let item = 1; item <= total; item += 1) {
    await page.getByText(`Question ${item} of ${total}`).first().waitFor();
    if ((await answer(item)) === false) continue;
    await page.getByRole("button", { name: "Continue" }).click();
    if (item !== 9) continue;
    await page.locator(".help-here .calls, .help-here .steps").first().waitFor();
    shown += 1;
    check("a critical answer shows help inside the form", await page.getByText(`Question 9 of ${total}`).first().isVisible());
    check("item 9 is answered with help at once", (await page.locator(".help-here a[href^='tel:']").count()) > 0);
    await helped();
    await page.getByRole("button", { name: "Continue" }).click();
  }
  check("the critical item was asked", shown === 1);
  await page.locator("h2.voice").waitFor();
}

/** Get help now with no network, from the page that is open; the network is back afterwards. */
export async function offline(context, what) {
  await context.setOffline(true);
  try {
    await what();
  } finally {
    await context.setOffline(false);
  }
}
