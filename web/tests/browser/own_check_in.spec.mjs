/* A check-in that a service designs, in real Chromium: a clinician makes it, somebody answers it on a phone, the clinician reads and
   sees it. HANDRAIL_URL is a demo server; pictures are kept in web/test-results/. */

import { axe, base, check, finish, fits, open_page, picture, sizes } from "./browser.mjs";
import { browser, look, open, settle } from "./staff_pages.mjs";

const ask = (page, method, path, body) => page.evaluate(([how, of, given]) => fetch(`/api/v1${of}`, { method: how, headers: { "content-type": "application/json" }, body: given && JSON.stringify(given) }).then(async (answer) => ({ status: answer.status, body: await answer.json() })), [method, path, body]);

/** A form of one scale, one choice and one free text, with a mistake first. */
async function design(page) {
  await page.goto(`${base}/staff`);
  await page.getByRole("button", { name: /^maeve / }).click();
  await page.locator(".shell").waitFor();
  await page.goto(`${base}/staff/check_ins`);
  await page.getByText("No check-in of your own yet").waitFor();
  await look(page, "own-check-ins-none");
  await page.getByRole("button", { name: "Design a check-in" }).click();
  await page.getByLabel("Title").fill("Evening check");
  await page.getByLabel("Why this is asked").fill("To see whether evenings become easier.");
  const first = page.getByRole("group", { name: "Item 1" });
  await first.getByLabel("Short name").fill("energy");
  await first.getByLabel("Question").fill("How much energy do you have?");
  await first.getByLabel("What the lowest means").fill("none");
  await first.getByLabel("Draw it over time").check();
  await first.getByLabel("Which way is worse").selectOption("down");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").waitFor();
  check("what is wrong is said with its item", /Item 1 \(energy\): The words for the highest number/.test(await page.getByRole("alert").innerText()), await page.getByRole("alert").innerText());
  await first.getByLabel("What the highest means").fill("as much as I ever had");
  for (const [n, kind] of [[2, "choice"], [3, "text"]]) {
    await page.getByRole("button", { name: "Add an item" }).click();
    await page.getByRole("group", { name: `Item ${n}` }).getByLabel("Kind").selectOption(kind);
  }
  const second = page.getByRole("group", { name: "Item 2" });
  await second.getByLabel("Short name").fill("where");
  await second.getByLabel("Question").fill("Where are you just now?");
  await second.getByLabel("Options, one a line").fill("At home\nWith people I know\nOn my way");
  const third = page.getByRole("group", { name: "Item 3" });
  await third.getByLabel("Short name").fill("words");
  await third.getByLabel("Question").fill("Anything you want to say?");
  await look(page, "own-check-ins-editor");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { name: "Evening check" }).waitFor();
  check("it is the first version", await page.getByText("Version 1 of").isVisible());
  await look(page, "own-check-ins");
  return (await ask(page, "GET", "/check-in-designs")).body.items[0];
}

/** Somebody new, signed in on a phone. */
async function person() {
  // What the service worker asks cannot be put in place below.
  const { context, page } = await open_page(browser, { serviceWorkers: "block" });
  await page.goto(base);
  const consents = { record: true, staff_reading: true, language_model: false, research: false };
  const made = await ask(page, "POST", "/sign-up", { display_name: "Wren Halloway", age_band: "26_64", country: "IE", language: "en", consents });
  check("the made-up person is there", made.status === 201, made.status);
  const me = (await ask(page, "GET", "/me")).body;
  await page.reload();
  await page.getByRole("log").waitFor();
  return { context, page, id: me.person };
}

async function answer(page, made) {
  // The demo asks by its clock; what is asked just now is put in its place here.
  await page.route("**/api/v1/asked", (route) => route.fulfill({ json: { items: [{ id: "a", kind: "check_in", form: made.form, title: "Evening check", until: "2036-01-01T00:00:00Z", rhythm: "usual", why: "" }] } }));
  await page.goto(`${base}/#/check-in`);
  await page.getByRole("link", { name: "Evening check" }).click();
  await page.getByText("How much energy do you have?").waitFor();
  check("both ends are named", (await page.getByRole("radio", { name: "0 none" }).count()) === 1 && (await page.getByRole("radio", { name: "10 as much as I ever had" }).count()) === 1);
  check("it is said who reads the words and when", await page.getByText("Your team reads this later, not right away.").isVisible());
  for (const size of ["phone", "desk"]) {
    await page.setViewportSize(sizes[size]);
    await settle(page);
    await picture(page, `own-check-in-${size}`);
    await axe(page, `own check-in ${size}`);
  }
  await page.setViewportSize(sizes.narrow);
  await fits(page, "own check-in at 320 px");
  await picture(page, "own-check-in-narrow");
  await page.setViewportSize(sizes.phone);
  await page.getByText("3", { exact: true }).click();
  await page.getByText("With people I know").click();
  await page.getByLabel("Anything you want to say?").fill("We cooked together.");
  await page.getByRole("button", { name: "Save check-in" }).click();
  await page.getByText("Saved. Thank you.").waitFor();
  const said = (await ask(page, "GET", "/check-ins/designed")).body.items[0].said.map((one) => one.answer);
  check("what was touched is what was kept", said[0].startsWith("3 (") && said[1] === "With people I know" && said[2] === "We cooked together.", said.join(" | "));
}

const { context, page } = await open();
const made = await design(page);
const somebody = await person();
await answer(somebody.page, made);
await somebody.context.close();
await page.goto(`${base}/staff/people/${somebody.id}`);
await page.getByRole("heading", { name: "Your service's own check-ins" }).waitFor();
check("the scale is drawn with its ends", await page.getByText("One answer, the last 3 on").isVisible());
check("the timeline has it in words", await page.getByText(/With people I know/).first().isVisible());
await look(page, "own-check-ins-person");
await page.goto(`${base}/staff/check_ins`);
await page.getByRole("button", { name: "Ask it no more" }).click();
await page.getByRole("button", { name: /Yes, ask it no more/ }).click();
await page.getByText("Not asked any more since").waitFor();
await context.close();
await browser.close();
finish("own check-in");
