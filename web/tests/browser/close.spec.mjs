/* Somebody close, in real Chromium: a person names them on a phone, a clinician chooses what they are asked, the letter comes, they
   answer without an account, and the team reads it. HANDRAIL_URL is a demo server whose letters go to the file HANDRAIL_LETTERS. */

import { readFileSync } from "node:fs";
import { axe, base, check, finish, fits, open_page, picture, sizes } from "./browser.mjs";
import { browser, look, open, settle } from "./staff_pages.mjs";

const ask = (page, method, path, body) => page.evaluate(([how, of, given]) => fetch(`/api/v1${of}`, { method: how, headers: { "content-type": "application/json" }, body: given && JSON.stringify(given) }).then(async (answer) => ({ status: answer.status, body: await answer.json().catch(() => null) })), [method, path, body]);

/** The clinician makes the form; whom it asks is chosen first. */
async function design(page) {
  await page.goto(`${base}/staff`);
  await page.getByRole("button", { name: /^maeve / }).click();
  await page.locator(".shell").waitFor();
  await page.goto(`${base}/staff/check_ins`);
  await page.getByRole("button", { name: "Design a check-in" }).click();
  await page.getByText("Somebody close, about the person").click();
  await page.getByLabel("Title").fill("Seen from outside");
  await page.getByLabel("Why this is asked").fill("To hear how it looks at home.");
  const first = page.getByRole("group", { name: "Item 1" });
  await first.getByLabel("Short name").fill("lively");
  await first.getByLabel("Question").fill("How lively do they seem?");
  check("what somebody close answers is no series", (await first.getByLabel("Draw it over time").count()) === 0);
  await first.getByLabel("What the lowest means").fill("not at all");
  await first.getByLabel("What the highest means").fill("very");
  await page.getByRole("button", { name: "Add an item" }).click();
  const second = page.getByRole("group", { name: "Item 2" });
  await second.getByLabel("Kind").selectOption("text");
  await second.getByLabel("Short name").fill("words");
  await second.getByLabel("Question").fill("What do you notice?");
  await look(page, "close-editor");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { name: "Seen from outside" }).waitFor();
  check("the list says that it asks somebody close", await page.getByText("Asks somebody close").isVisible());
}

/** Somebody new, on a phone, names a friend. */
async function named() {
  const { context, page } = await open_page(browser, { serviceWorkers: "block" });
  await page.goto(base);
  const consents = { record: true, staff_reading: true, language_model: false, research: false };
  const made = await ask(page, "POST", "/sign-up", { display_name: "Wren Halloway", age_band: "26_64", country: "IE", language: "en", consents });
  check("the made-up person is there", made.status === 201, made.status);
  const me = (await ask(page, "GET", "/me")).body;
  await page.reload();
  await page.getByRole("log").waitFor();
  await page.goto(`${base}/#/more`);
  await page.getByRole("link", { name: /Someone close to you/ }).click();
  await page.getByText("They see nothing of yours").waitFor();
  check("before anything is written it says who reads it and how it ends", (await page.getByText("What they answer goes to your care team").isVisible()) && (await page.getByText("You can end it at any time").isVisible()));
  await page.getByRole("button", { name: "Yes, they may be asked" }).click();
  check("nobody is named by an empty form", await page.getByText("Choose one.").isVisible());
  await page.getByText("A friend", { exact: true }).click();
  await page.getByLabel("Their email").fill("sam@home.example");
  await page.getByLabel("What they call you").fill("Wren");
  for (const size of ["phone", "desk"]) {
    await page.setViewportSize(sizes[size]);
    await settle(page);
    await picture(page, `close-name-${size}`, { fullPage: true });
    await axe(page, `somebody close ${size}`);
  }
  await page.setViewportSize(sizes.narrow);
  await fits(page, "somebody close at 320 px");
  await page.setViewportSize(sizes.phone);
  await page.getByRole("button", { name: "Yes, they may be asked" }).click();
  await page.getByText("You said yes. Your team has not begun.").waitFor();
  return { context, page, id: me.person };
}

/** A minute from now by the clock of the service. */
const soon = (zone) => new Date(Date.now() + 70_000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });

/** The clinician chooses the form and how often. */
async function plan(page, person) {
  await page.goto(`${base}/staff/people/${person}`);
  const section = page.getByRole("region", { name: "Somebody close" });
  await section.getByText("Nothing is asked yet.").waitFor();
  check("the address is not the team's", (await page.getByText("sam@home.example").count()) === 0);
  await section.getByRole("button", { name: "Ask them" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Days between two times").fill("5");
  await sheet.getByRole("button", { name: "Ask from now on" }).click();
  await sheet.getByRole("alert").waitFor();
  check("not more often than once in seven days", /every 7/.test(await sheet.getByRole("alert").innerText()), await sheet.getByRole("alert").innerText());
  await sheet.getByLabel("Days between two times").fill("14");
  await settle(page);
  await picture(page, "staff-close-plan");
  await sheet.getByRole("button", { name: "Ask from now on" }).click();
  await section.getByText(/^Seen from outside, every 14 days at 10:00/).waitFor();
  const { time_zone: zone } = (await ask(page, "GET", `/people/${person}/informants`)).body.items[0].plan;
  await section.getByRole("button", { name: "Change" }).click();
  await sheet.getByLabel("At", { exact: true }).fill(soon(zone));
  await sheet.getByRole("button", { name: "Ask from now on" }).click();
  await sheet.waitFor({ state: "detached" });
}

const letters = () => readFileSync(process.env.HANDRAIL_LETTERS, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

async function letter() {
  for (let second = 0; second < 150; second += 1) {
    if (letters().length > 0) return letters()[0];
    await new Promise((later) => setTimeout(later, 1000));
  }
  throw new Error("no letter came");
}

/** The friend, on a browser that was never here. */
async function friend(link) {
  const { context, page } = await open_page(browser, { serviceWorkers: "block" });
  await page.goto(link);
  await page.getByText("These questions are about Wren, who named you.").waitFor();
  check("it is said before writing who reads it", await page.getByText("It is not shown to Wren on their page").isVisible());
  check("no name but the one that was written for them", (await page.getByText("Halloway").count()) === 0);
  check("no cookie", (await context.cookies()).length === 0);
  for (const size of ["phone", "desk"]) {
    await page.setViewportSize(sizes[size]);
    await settle(page);
    await picture(page, `close-friend-${size}`, { fullPage: true });
    await axe(page, `the friend's page ${size}`);
  }
  await page.setViewportSize(sizes.narrow);
  await fits(page, "the friend's page at 320 px");
  await page.setViewportSize(sizes.phone);
  await page.getByText("2", { exact: true }).click();
  await page.getByLabel("What do you notice?").fill("She told me she is going to kill herself tonight.");
  await page.getByRole("button", { name: "Send my answers" }).click();
  await page.getByText("Your answers have arrived.").waitFor();
  check("C13: whoever writes of danger gets words for helpers and a way to call", (await page.locator("#after a[href^='tel:']").count()) > 0, await page.locator("#after").innerText());
  check("no cookie after it either", (await context.cookies()).length === 0);
  await settle(page);
  await picture(page, "close-friend-danger", { fullPage: true });
  await axe(page, "the friend's page with words for helpers");
  const again = await context.newPage();
  await again.goto(link);
  await again.getByText("This link opens nothing").waitFor();
  await context.close();
}

const { context, page } = await open();
await design(page);
const wren = await named();
await plan(page, wren.id);
const came = await letter();
check("the letter goes to the friend and names nobody", came.to === "sam@home.example" && !/Wren|Halloway|health|team/i.test(came.subject + came.text), JSON.stringify(came));
await friend(/http\S+\/c#i\.\S+/.exec(came.text)[0]);

await wren.page.reload();
await wren.page.getByText(/^Answers came: /).waitFor();
check("the person sees that they answered, not what", (await wren.page.getByText("kill herself").count()) === 0);
await settle(wren.page);
await picture(wren.page, "close-person-answered", { fullPage: true });
await wren.page.getByRole("button", { name: "End it" }).click();
await wren.page.getByText(/^Ended\. /).waitFor();
check("and the address is gone", (await wren.page.getByText("sam@home.example").count()) === 0);
await wren.context.close();

await page.goto(`${base}/staff/people/${wren.id}`);
const section = page.getByRole("region", { name: "Somebody close" });
await section.getByText("She told me she is going to kill herself tonight.").waitFor();
await section.scrollIntoViewIfNeeded();
check("the team sees how soon it calls for a human", await section.getByText("Now", { exact: true }).first().isVisible());
await look(page, "close-person");
const alert = (await ask(page, "GET", `/people/${wren.id}`)).body.open_alert;
await page.goto(`${base}/staff/alerts/${alert}`);
await page.getByRole("heading", { name: "Somebody close wrote this, not Wren" }).waitFor();
await look(page, "close-alert");
await context.close();
await browser.close();
finish("somebody close");
