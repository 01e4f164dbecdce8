/* A person's story in real Chromium: from the notice to talk, danger, a human, check-in, questions, progress, plan, privacy, Leave.
   HANDRAIL_URL is the server (the mock or the real one). Pictures are kept in web/test-results/. */

import { axe, base, check, finish, fits, launch, open_page, picture, sizes } from "./browser.mjs";
import { in_other_languages } from "./languages.mjs";
import { phq_9, save_check_in, send, sleep_deeds_and_note, welcome } from "./person_pages.mjs";

const browser = await launch();
const settle = (page) => page.waitForTimeout(250);

/** Looks at the page at both sizes and in both lights; ends as it began: phone, light. */
async function look(page, name) {
  await settle(page);
  for (const [light, scheme] of [["", "light"], ["-dark", "dark"]]) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const size of ["phone", "desk"]) {
      await page.setViewportSize(sizes[size]);
      await settle(page);
      // First the picture: axe makes the page taller for its measure, and what was scrolled into view moves.
      await picture(page, `${name}-${size}${light}`);
      await axe(page, `${name} ${size} ${scheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(sizes.narrow);
  await fits(page, `${name} at 320 px`);
  await page.setViewportSize(sizes.phone);
  await settle(page);
}

const goto = (page, path) => page.goto(`${base}/#${path}`);

async function talk(page) {
  check("the notice is the first message", /not a person/.test(await page.locator(".log li").first().innerText()));
  await send(page, "Couldn’t face the canteen again. Had lunch in the car");
  await settle(page);
  await send(page, "the people. felt like everyone would look at me");
  await settle(page);
  await look(page, "talk");

  // A draft survives a reload.
  await page.getByLabel("Your message").fill("half a thought");
  await page.reload();
  await page.getByRole("log").waitFor();
  check("the draft is kept", (await page.getByLabel("Your message").inputValue()) === "half a thought");
  await page.getByLabel("Your message").fill("");

  await send(page, "I can't sleep and I keep thinking about ending it all");
  await page.locator(".calls").last().waitFor();
  check("a call is offered", (await page.locator(".calls a[href^='tel:']").count()) > 0);
  check("the field stays", await page.getByLabel("Your message").isEnabled());
  check("the question is asked plainly", (await page.locator(".question .voice").last().innerText()).length > 10);
  await look(page, "crisis-today");

  await send(page, "I have decided. It will be tonight.");
  await page.locator(".steps, .calls").last().waitFor();
  await look(page, "crisis-now");
}

async function without_network(page, context) {
  await context.setOffline(true);
  await page.getByLabel("Your message").fill("is anyone there");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("Not sent. Your words are kept here.").waitFor();
  await axe(page, "talk offline");
  await picture(page, "talk-offline-phone");
  await page.goto(`${base}/help.html`);
  await page.getByRole("heading", { name: "Get help now" }).waitFor();
  check("help works without a network", (await page.locator("main a[href^='tel:']").count()) > 0);
  check("help says that there is no network", await page.getByText("No internet.").first().isVisible());
  await axe(page, "help offline");
  await picture(page, "help-offline-phone");
  await context.setOffline(false);
  await goto(page, "/talk");
  await page.getByRole("log").waitFor();
  await page.locator(".bubble", { hasText: "is anyone there" }).waitFor();
  await settle(page);
  check("what waited is sent", (await page.locator(".bubble.not_sent").count()) === 0);
}

async function with_a_person(page) {
  await send(page, "sorry. just tired");
  const ask = page.getByRole("button", { name: "Talk to a person" });
  // Where somebody was told just now, the page does not offer to ask again.
  if (!(await ask.isVisible()) && (await page.locator(".told").count()) > 0) return;
  await ask.click();
  await page.getByRole("button", { name: "Go on with the AI" }).waitFor();
  await axe(page, "talk waiting");
  await picture(page, "talk-waiting-phone");
  if (process.env.HANDRAIL_MOCK) {
    await page.locator(".human-words").first().waitFor({ timeout: 15_000 });
    check("a human arrives without reloading", true);
    await send(page, "that I’m scared I’ll lose the job and then I’ll have nothing");
    await page.waitForTimeout(900);
    await look(page, "with-a-person");
  } else await page.getByRole("button", { name: "Go on with the AI" }).click();
}

async function check_in(page) {
  await goto(page, "/check-in");
  const groups = page.getByRole("radiogroup");
  await groups.first().waitFor();
  check("nothing is chosen beforehand", (await page.locator("main input:checked").count()) === 0);
  await groups.first().getByRole("radio").first().focus();
  await page.keyboard.press("ArrowRight");
  check("arrow keys choose", (await page.locator(".level[data-selected]").count()) === 1);
  await sleep_deeds_and_note(page, [1, 2], "Long shift. Walked home the slow way");
  await look(page, "check-in");
  await save_check_in(page);
  await look(page, "check-in-saved");
}

/** Without a network it waits, on this phone only if that is allowed; sent again it is kept once, also where the answer alone was lost. */
async function check_in_waits(page, context) {
  const kept = (note) => page.evaluate((of) => fetch("/api/v1/check-ins").then((answer) => answer.json()).then(({ items }) => items.filter((one) => one.answers.note === of).length), note);
  const on_this_phone = () => page.evaluate(() => JSON.parse(localStorage.getItem("rail.waiting") ?? "[]").length);
  const fill = async (note) => {
    await goto(page, "/talk");
    await page.getByRole("log").waitFor();
    await goto(page, "/check-in");
    await page.getByRole("radiogroup").first().getByRole("radio").nth(2).click({ force: true });
    await page.locator("main textarea").fill(note);
  };
  const not_saved = page.locator(".state.offline", { has: page.getByRole("button", { name: "Try now" }) });

  await fill("No bars out here on the ferry");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Save check-in" }).click();
  await not_saved.waitFor();
  check("nothing lies on the phone before that is allowed", (await on_this_phone()) === 0);
  await page.getByRole("button", { name: "Keep it on this phone" }).click();
  check("then it does", (await on_this_phone()) === 1);
  await axe(page, "check-in waits");
  await picture(page, "check-in-waits-phone");
  await context.setOffline(false);
  await page.getByText("Saved. Thank you.").waitFor();
  check("back on the network it is sent by itself, and kept once", (await kept("No bars out here on the ferry")) === 1);
  check("and lies on the phone no more", (await on_this_phone()) === 0);

  // It arrives, and the answer does not: nobody on the phone can tell that from not arriving.
  await fill("Tunnel, then the bridge");
  let arrived = 0;
  await page.route("**/api/v1/check-ins*", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    arrived += 1;
    await route.fetch();
    await route.abort();
  });
  await page.getByRole("button", { name: "Save check-in" }).click();
  await not_saved.waitFor();
  check("it arrived, and waits all the same", arrived > 0 && (await kept("Tunnel, then the bridge")) === 1 && (await on_this_phone()) === 1, `${arrived} arrived`);
  await page.unroute("**/api/v1/check-ins*");
  // As on a phone that was closed in between: what lies there goes when the page opens again.
  await page.reload();
  await page.waitForFunction(() => localStorage.getItem("rail.waiting") === null, undefined, { timeout: 10_000 });
  check("sent again it is kept once", (await kept("Tunnel, then the bridge")) === 1);
}

async function questions(page) {
  await goto(page, "/questions");
  await page.locator(".menu a").first().waitFor();
  await look(page, "questions");
  check("the published short name is shown", (await page.locator(".menu a[href$='/phq-9']").innerText()).includes("PHQ-9"));
  const answer = async (item) => {
    if (item === 1) {
      await page.getByRole("button", { name: "Continue" }).click();
      check("an unanswered item is asked for", await page.getByText("There is a problem.").isVisible());
    }
    if (item === 3) {
      await page.locator(".choice").nth(2).click();
      await look(page, "questionnaire");
    } else if (item === 4) {
      await page.getByRole("button", { name: "I would rather not answer this one" }).click();
      return false;
    } else await page.locator(".choice").nth(1).click();
    return true;
  };
  await phq_9(page, answer, async () => {
    await axe(page, "questionnaire critical");
    await picture(page, "questionnaire-critical-phone", { fullPage: true });
  });
  await settle(page);
  await look(page, "questionnaire-result");
}

async function progress(page) {
  await goto(page, "/progress");
  await page.locator(".sentence, .state").first().waitFor();
  await look(page, "progress");
  if ((await page.locator(".chart svg").count()) > 0) {
    await page.locator(".chart g[tabindex='0']").focus();
    const before = await page.locator(".shown").innerText();
    await page.keyboard.press("ArrowLeft");
    check("arrow keys walk the points", (await page.locator(".shown").innerText()) !== before || (await page.locator(".chart g").count()) < 2);
    await page.getByRole("button", { name: "See as a list" }).click();
    await look(page, "progress-list");
  }
}

async function plan(page) {
  await goto(page, "/plan");
  await page.locator(".plan, .state").first().waitFor();
  await settle(page);
  await look(page, "safety-plan");
  await goto(page, "/plan/edit");
  await page.locator("fieldset").first().waitFor();
  await look(page, "safety-plan-edit");
  await page.getByRole("button", { name: "Add a line" }).first().click();
  await page.locator("fieldset").first().locator("textarea").last().fill("I stop cooking.");
  const people = page.locator("fieldset").nth(3);
  if ((await people.locator("textarea").count()) === 0) {
    await page.getByRole("button", { name: "Add a person", exact: true }).first().click();
    await people.locator("textarea").fill("Joss, my brother");
    await people.locator("input[type=tel]").fill("+353 20 910 0001");
  }
  await page.getByRole("button", { name: "Save my plan" }).click();
  await page.getByText("I stop cooking.").waitFor();
  await page.getByText("Keep a copy on this phone").click();
  await page.locator(".plan-state", { hasText: "Opens without internet." }).waitFor();
}

async function more(page) {
  for (const [path, name] of [["/more", "more"], ["/more/privacy", "who-looked"], ["/more/asking", "asking"], ["/more/close", "close"], ["/more/contact", "safe-contact"], ["/more/supporters", "supporters"], ["/more/exercises", "exercises"], ["/more/memory", "memory"], ["/more/whatsapp", "whatsapp"], ["/more/resources", "resources"], ["/more/account", "account"], ["/more/device", "device"], ["/more/leaving", "leaving"], ["/more/delete", "delete"], ["/more/protocol", "protocol"]]) {
    await goto(page, path);
    await page.locator("main").waitFor();
    await page.waitForTimeout(500);
    check(`${name} loads`, (await page.locator(".state.failed").count()) === 0, await page.locator(".state.failed").allInnerTexts().then((all) => all.join(" ")));
    await look(page, name);
  }
}

/** Letters go only to whoever agrees, and are taken back with one touch; another clock keeps what was agreed. */
async function asking(page) {
  await goto(page, "/more/asking");
  await page.getByRole("heading", { name: "Letters" }).waitFor();
  if (await page.getByRole("heading", { name: "A pause" }).isVisible()) {
    await page.getByText("2 weeks", { exact: true }).click();
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await page.getByText(/^Paused until .* Then it goes on by itself\.$/).waitFor();
    await look(page, "asking-paused");
    await page.getByRole("button", { name: "Ask me again now" }).click();
    await page.getByRole("button", { name: "Pause", exact: true }).waitFor();
    check("a pause is begun, told and ended", true);
  } else {
    check("who is asked nothing has nothing to pause", (await page.evaluate(() => fetch("/api/v1/asked").then((answer) => answer.json()))).schedules.length === 0);
  }
  check("nothing is agreed to beforehand", (await page.getByText("Letters go to").count()) === 0);
  await page.getByText("As on this device").click();
  const kept = () => page.evaluate(() => fetch("/api/v1/reminders").then((answer) => answer.json()));
  const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  await page.waitForFunction((of) => fetch("/api/v1/reminders").then((answer) => answer.json()).then((now) => now.time_zone === of), zone, { polling: 200, timeout: 5_000 });
  if (await page.getByText("This service sends no letters.").isVisible()) {
    check("where no letters go, nobody is asked for an address", (await page.getByLabel("Your email").count()) === 0);
    return;
  }
  await page.getByRole("button", { name: "Yes, send me letters" }).click();
  check("without an address it says what is missing", await page.getByText("Write an address such as").isVisible());
  await page.getByLabel("Your email").fill("ada@home.example");
  await page.getByRole("button", { name: "Yes, send me letters" }).click();
  await page.getByText("Letters go to ada@home.example.").waitFor();
  check("agreeing keeps the clock", (await kept()).time_zone === zone);
  await look(page, "asking-agreed");
  await page.getByText("As my team chose it").click();
  await page.waitForFunction(() => fetch("/api/v1/reminders").then((answer) => answer.json()).then((now) => !now.time_zone && now.mail === "ada@home.example"), undefined, { polling: 200, timeout: 5_000 });
  await page.getByRole("button", { name: "No more letters" }).click();
  await page.getByText("No letters go out now. Your address was deleted.").waitFor();
  check("taken back, the address is nowhere", (await kept()).mail === undefined);
}

async function help(page, context) {
  await page.goto(`${base}/help.html`);
  await page.locator("main a[href^='tel:']").first().waitFor();
  await look(page, "help");
  await context.setOffline(true);
  await page.reload();
  await page.getByText("Your people").waitFor();
  check("kept people can be called without a network", (await page.locator("a[aria-label^='Call Joss']").count()) === 1);
  await axe(page, "help with people offline");
  await picture(page, "help-now-offline-phone");
  await goto(page, "/plan");
  await page.getByText("This is the copy on this phone.").waitFor();
  await picture(page, "safety-plan-offline-phone");
  await context.setOffline(false);
  const plain = await (await browser.newContext({ javaScriptEnabled: false, viewport: sizes.phone })).newPage();
  await plain.goto(`${base}/help.html`);
  check("help works without script", (await plain.locator("main a[href^='tel:']").count()) > 0);
  await picture(plain, "help-no-script-phone");
  await plain.context().close();
}

async function leaving(page) {
  await goto(page, "/more");
  await page.getByText("Sign out").waitFor();
  await page.route(/^https:\/\//, (route) => route.fulfill({ contentType: "text/html", body: "<title>Weather</title>" }));
  await page.keyboard.press("Shift");
  await page.keyboard.press("a");
  await page.keyboard.press("Shift");
  await page.keyboard.press("Shift");
  await page.waitForTimeout(200);
  check("typing capitals does not leave", page.url().startsWith(base));
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Shift");
  await page.waitForTimeout(800);
  check("Shift three times leaves", !page.url().startsWith(base), page.url());
  await page.goto(base);
  await page.getByRole("button", { name: "Go on" }).waitFor();
  check("coming back meets the cover", (await page.getByRole("log").count()) === 0);
  await axe(page, "cover");
  await picture(page, "cover-phone");
}

/** Text at twice its size on a phone: nothing is cut off sideways. */
async function large_text(page) {
  await page.getByRole("button", { name: "Go on" }).click();
  for (const path of ["/talk", "/check-in", "/progress", "/plan", "/more/privacy"]) {
    await goto(page, path);
    await page.waitForTimeout(400);
    await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
    await page.waitForTimeout(200);
    await fits(page, `${path} with text at 200 %`);
    await picture(page, `large${path.replaceAll("/", "-")}-phone`);
    await page.evaluate(() => { document.documentElement.style.fontSize = ""; });
  }
}

/** Signing in on another browser: addresses before it are kept, signing out forgets the person. */
async function sign_in() {
  if (!process.env.HANDRAIL_MOCK) return;
  const other = await open_page(browser);
  await other.page.goto(`${base}/#/sign-in`);
  await other.page.getByLabel("Sign-in name").fill("ada");
  await look(other.page, "sign-in");
  check("the address of sign-in is kept", other.page.url().endsWith("#/sign-in"));
  await other.page.getByLabel("Password").fill("not this one");
  await other.page.getByRole("button", { name: "Sign in" }).click();
  check("a wrong password is told at the top", await other.page.getByRole("alert").getByText("does not fit").isVisible().catch(() => false) || await other.page.getByText("The name or the password does not fit").first().waitFor().then(() => true));
  await other.page.getByLabel("Password").fill("handrail-demo");
  await other.page.getByRole("button", { name: "Sign in" }).click();
  await other.page.getByRole("log").waitFor();
  await goto(other.page, "/more");
  await other.page.getByRole("button", { name: "Sign out" }).click();
  await other.page.getByRole("button", { name: "I have read this. Go on" }).waitFor();
  check("the title names nothing", (await other.page.title()) === "Rail");
  const left = await other.page.evaluate(async () => ({ session: sessionStorage.length, kept: await caches.has("rail-kept"), pin: localStorage.getItem("rail.pin") }));
  check("nothing of the person is left after signing out", left.session === 0 && !left.kept && left.pin === null, JSON.stringify(left));
  await other.context.close();
}

/** One browser, one event stream: the second tab hears through the first. */
async function one_stream() {
  if (!process.env.HANDRAIL_MOCK) return;
  const { context, page } = await open_page(browser);
  let streams = 0;
  context.on("request", (request) => { if (request.url().includes("/api/v1/events")) streams += 1; });
  await page.goto(`${base}/#/sign-in`);
  await page.getByLabel("Sign-in name").fill("ada");
  await page.getByLabel("Password").fill("handrail-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("log").waitFor();
  const second = await context.newPage();
  await second.goto(`${base}/#/talk`);
  await second.getByRole("log").waitFor();
  await page.waitForTimeout(500);
  check("two tabs hold one stream", streams === 1, `${streams} streams`);
  await page.close();
  await second.waitForTimeout(1500);
  check("the tab that stays takes the stream over", streams === 2, `${streams} streams`);
  await context.close();
}

const { context, page } = await open_page(browser);
const way_in = (page) => welcome(page, (name) => look(page, name));
const steps = [way_in, talk, without_network, with_a_person, check_in, check_in_waits, questions, progress, plan, more, asking, help, leaving, large_text, sign_in, one_stream, () => in_other_languages(browser)];
for (const step of steps) {
  const began = Date.now();
  try {
    await step(page, context);
  } catch (error) {
    await context.setOffline(false);
    check(`the step ${step.name}`, false, String(error.message ?? error).split("\n").slice(0, 4).join(" "));
    await picture(page, `broken-${step.name}`).catch(() => undefined);
  }
  console.log(`  ${step.name || "in_other_languages"} ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
await browser.close();
finish("person");
