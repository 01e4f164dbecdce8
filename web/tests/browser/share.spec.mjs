/* What a supporter sees of a safety plan, in real Chromium: a person ticks parts of it and passes a link on, the other opens it on a
   browser that was never here, and the person reads that it was opened and takes it back. HANDRAIL_URL is a demo server. */

import { axe, base, check, finish, fits, launch, open_page, picture, sizes } from "./browser.mjs";

const browser = await launch();
const ask = (page, method, path, body) => page.evaluate(([how, of, given]) => fetch(`/api/v1${of}`, { method: how, headers: { "content-type": "application/json" }, body: given && JSON.stringify(given) }).then(async (answer) => ({ status: answer.status, body: await answer.json().catch(() => null) })), [method, path, body]);
const parts = {
  warning_signs: ["I stop answering messages.", "I walk past my own bus stop."], coping: ["Feet on the cold step, and count the windows."],
  people: [{ name: "Berit", phone: "+353 20 910 0001" }, { name: "Auntie Bea" }], professionals: [{ name: "Samaritans", phone: "116 123" }],
};

async function look(page, name) {
  for (const size of ["phone", "desk"]) {
    await page.setViewportSize(sizes[size]);
    await picture(page, `${name}-${size}`, { fullPage: true });
    await axe(page, `${name} ${size}`);
  }
  await page.setViewportSize(sizes.narrow);
  await fits(page, `${name} at 320 px`);
  await page.setViewportSize(sizes.phone);
}

/** Somebody new with a plan, and with Joss on their list. */
async function wren() {
  const { context, page } = await open_page(browser, { serviceWorkers: "block" });
  await page.goto(base);
  const consents = { record: true, staff_reading: true, language_model: false, research: false };
  const made = await ask(page, "POST", "/sign-up", { display_name: "Wren Halloway", age_band: "26_64", country: "IE", language: "en", consents });
  check("the made-up person is there", made.status === 201, made.status);
  const saved = await ask(page, "PUT", "/safety-plan", { version: 0, shared_with_team: false, kept_on_device: false, parts });
  check("with a plan", saved.status === 200, saved.status);
  await page.reload();
  await page.getByRole("log").waitFor();
  await page.goto(`${base}/#/more/supporters`);
  await page.getByText("They see nothing unless you make them a link.").waitFor();
  await page.getByLabel("Their name").fill("Joss");
  await page.getByLabel("Who are they to you?").fill("my brother");
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByText("my brother").waitFor();
  await picture(page, "share-list", { fullPage: true });
  await page.getByRole("link", { name: "What they may see" }).click();
  await page.getByText("Joss sees nothing of yours.").waitFor();
  check("before anything is ticked it says what is seen, and how it ends", (await page.getByText("They see nothing else of yours").isVisible()) && (await page.getByText("you can take it back at any moment").isVisible()));
  await page.getByRole("button", { name: "Yes, make the link" }).click();
  check("nothing is shared by an empty form", await page.getByText("Tick at least one part.").isVisible());
  await page.getByText("How I notice it is starting").click();
  await page.getByText("People I can ask for help").click();
  await page.getByLabel("What Joss calls you").fill("Wren");
  await look(page, "share-form");
  return { context, page };
}

/** Whoever holds the link, on a browser that was never here. */
async function joss(link) {
  const { context, page } = await open_page(browser, { serviceWorkers: "block" });
  const asked = [];
  page.on("request", (request) => request.url().includes("/api/") && asked.push(request.url()));
  await page.goto(link);
  await page.getByText("They see that it was opened, and when.").waitFor();
  check("loading the page asks the server for nothing", asked.length === 0, asked.join(" "));
  check("help can be reached before anything is opened", await page.getByRole("link", { name: "Get help now" }).isVisible());
  await look(page, "shared-before");
  return { context, page, open: () => page.getByRole("button", { name: "Open it" }).click() };
}

const person = await wren();
await person.page.getByRole("button", { name: "Yes, make the link" }).click();
const shown = person.page.getByLabel("The link for Joss");
await shown.waitFor();
const link = await shown.inputValue();
check("the token stands after the #", /\/s#[\w-]{43}$/.test(link), link);
await look(person.page, "share-made");

const other = await joss(link);
await other.open();
await other.page.getByRole("heading", { name: "A plan by Wren" }).waitFor();
check("what was ticked is there", (await other.page.getByText("I walk past my own bus stop.").isVisible()) && (await other.page.locator("a[href='tel:+353209100001']").isVisible()));
check("what was not ticked is not", (await other.page.getByText("cold step").count()) === 0 && (await other.page.getByText("Samaritans").count()) === (await other.page.locator(".words").getByText("Samaritans").count()));
check("no name but the one that was chosen", (await other.page.getByText("Halloway").count()) === 0);
check("C13: it says what to do in danger, and whom to call", (await other.page.locator(".words a[href^='tel:']").count()) > 0, await other.page.locator("#page").innerText());
check("it says that it calls nobody", await other.page.getByText("This page calls nobody").isVisible());
check("no cookie, and nothing is kept here", (await other.context.cookies()).length === 0 && (await other.page.evaluate(() => localStorage.length)) === 0);
check("search engines are told to stay away", (await other.page.locator("meta[name=robots]").getAttribute("content")) === "noindex");
await look(other.page, "shared-plan");
await other.page.emulateMedia({ media: "print" });
await picture(other.page, "shared-plan-print", { fullPage: true });
check("on paper there is no button", !(await other.page.getByRole("button", { name: "Print" }).isVisible()));
await other.page.emulateMedia({ media: "screen" });

await person.page.reload();
await person.page.getByText(/^Opened so many times: 1\./).waitFor();
check("the link itself is shown no more", (await person.page.getByText(link).count()) === 0 && (await person.page.getByLabel("The link for Joss").count()) === 0);
await look(person.page, "share-opened");
await person.page.getByText("People I can ask for help").click();
await person.page.getByText("What I can do on my own").click();
await person.page.getByRole("button", { name: "Save what it shows" }).click();
await person.page.getByText("The same link shows this now.").waitFor();
await other.page.reload();
await other.open();
await other.page.getByText("cold step").waitFor();
check("what was unticked is gone", (await other.page.getByText("Berit").count()) === 0);

await person.page.goto(`${base}/#/more/privacy`);
await person.page.getByText("Opened what you share of your safety plan").first().waitFor();
check("who looked names Joss", await person.page.getByText("Joss").first().isVisible());
await picture(person.page, "share-who-looked", { fullPage: true });

await person.page.goto(`${base}/#/more/supporters`);
await person.page.getByRole("link", { name: "What they may see" }).click();
const supporter = new URL(person.page.url()).hash.slice(1);
await person.page.getByRole("button", { name: "Take it back" }).click();
await person.page.getByText("Taken back.").waitFor();
await other.page.reload();
await other.open();
await other.page.getByText("This link opens nothing").waitFor();
await look(other.page, "shared-nothing");

// In each language: the page of the person, and the other's.
for (const language of ["es", "fr", "de", "pt"]) {
  const { body } = await ask(person.page, "POST", `/supporters/${supporter}/link`, { shares: ["warning_signs", "people", "safer_place"], days: 7, called: "Wren", language, agreed: true });
  const { context, page } = await open_page(browser, { serviceWorkers: "block" });
  await page.goto(`${base}/s#${body.token}`);
  await page.locator("#page button").click();
  await page.locator(".part").first().waitFor();
  check(`the other's page is in ${language}`, (await page.locator("html").getAttribute("lang")) === language);
  await page.setViewportSize(sizes.narrow);
  await fits(page, `the other's page in ${language} at 320 px`);
  await page.setViewportSize(sizes.phone);
  await picture(page, `shared-plan-${language}`, { fullPage: true });
  await context.close();
  await person.page.evaluate((tag) => localStorage.setItem("rail.language", tag), language);
  await person.page.reload();
  await person.page.locator("fieldset").waitFor();
  await person.page.setViewportSize(sizes.narrow);
  await fits(person.page, `the person's page in ${language} at 320 px`);
  await person.page.setViewportSize(sizes.phone);
  await picture(person.page, `share-${language}`, { fullPage: true });
}
await other.context.close();
await person.context.close();
await browser.close();
finish("what a supporter sees");
