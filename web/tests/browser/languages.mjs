/* A person's way in another language: found by the browser's wish, chosen by its own name, kept, and in Get help now as well. */

import { axe, base, check, fits, open_page, picture, sizes } from "./browser.mjs";

/** By language: what the browser says, and words that stand on the pages. The longest words of the five are German. */
const tongues = {
  es: { locale: "es-ES", title: "Antes de empezar", next: "Lo he leído. Seguir", on: "Seguir", start: "Empezar", field: "Tu mensaje", send: "Enviar", help: "Ayuda ahora", ai: /IA/, danger: "quiero acabar con mi vida", exercise: "Quiero hacer el ejercicio" },
  fr: { locale: "fr-FR", title: "Avant de commencer", next: "J’ai lu. Continuer", on: "Continuer", start: "Commencer", field: "Votre message", send: "Envoyer", help: "Aide maintenant", ai: /IA/, danger: "je veux mettre fin à mes jours", exercise: "Commencer l’exercice" },
  de: { locale: "de-AT", title: "Bevor du beginnst", next: "Das habe ich gelesen. Weiter", on: "Weiter", start: "Los", field: "Deine Nachricht", send: "Senden", help: "Hilfe jetzt", ai: /KI/, danger: "ich will nicht mehr leben", exercise: "Ich möchte die Übung machen" },
  pt: { locale: "pt-PT", title: "Antes de começar", next: "Já li. Continuar", on: "Continuar", start: "Começar", field: "A tua mensagem", send: "Enviar", help: "Ajuda agora", ai: /IA/, danger: "quero acabar com a minha vida", exercise: "Quero fazer o exercício" },
};

const english = /\b(the|you|your|this|what|with|is not|and)\b/i;

/** At 320 px and on a phone, with axe and a picture; and no English but where it is marked. */
async function seen(page, name, language) {
  await page.waitForTimeout(350);
  check(`${name}: the page says its language`, (await page.evaluate(() => document.documentElement.lang)) === language);
  await axe(page, name);
  await picture(page, `${name}-phone`);
  await page.setViewportSize(sizes.narrow);
  await page.waitForTimeout(150);
  await fits(page, `${name} at 320 px`);
  await picture(page, `${name}-narrow`);
  await page.setViewportSize(sizes.phone);
  const left = await page.evaluate(() => {
    const all = document.body.cloneNode(true);
    // What a person or another made of words is theirs: names, lists of lines, published questions.
    for (const one of all.querySelectorAll("[lang]:not(html), .log, .unseen, script, noscript, .demo, .calls, address, h1.bar-title")) one.remove();
    return all.textContent;
  });
  check(`${name}: no English is left`, !english.test(left), (left.match(new RegExp(`.{0,40}${english.source}.{0,40}`, "i")) ?? [""])[0]);
}

const goto = (page, path) => page.goto(`${base}/#${path}`);

async function way_in(page, words, language) {
  await page.goto(base);
  await page.getByRole("heading", { name: words.title }).waitFor();
  check(`${language}: the browser's language is the page's`, true);
  check(`${language}: each language stands by its own name`, (await page.locator(".languages button").allInnerTexts()).join() === "English,Español,Français,Deutsch,Português");
  check(`${language}: the notice says that this is an AI`, words.ai.test(await page.locator(".statements").innerText()));
  await seen(page, `${language}-welcome`, language);
  await page.getByRole("button", { name: words.next }).click();
  await page.locator("select").first().waitFor();
  await page.locator("select").first().selectOption("DE");
  await page.locator(".choice").nth(3).click();
  await seen(page, `${language}-about-you`, language);
  await page.getByRole("button", { name: words.on, exact: true }).click();
  await page.locator("input[role=switch]").first().waitFor();
  await seen(page, `${language}-consent`, language);
  await page.locator(".purpose label, .purpose .switch").first().click();
  const signed_up = page.waitForRequest((request) => request.url().endsWith("/api/v1/sign-up"));
  await page.getByRole("button", { name: words.start, exact: true }).click();
  const asked = await signed_up;
  check(`${language}: sign-up says the language`, asked.postDataJSON().language === language && asked.headers()["accept-language"] === language);
  await page.getByRole("log").waitFor();
}

async function write(page, words, text) {
  await page.getByLabel(words.field).fill(text);
  await page.getByRole("button", { name: words.send }).click();
  await page.locator(".bubble", { hasText: text.slice(0, 20) }).first().waitFor();
  await page.locator(".bubble.sending").waitFor({ state: "detached" });
  await page.waitForTimeout(300);
}

async function pages(page, words, language) {
  for (const path of ["/talk", "/check-in", "/questions", "/questions/gad-7", "/questions/who-5", "/progress", "/plan", "/plan/edit", "/more", "/more/privacy", "/more/asking", "/more/close", "/more/contact", "/more/supporters", "/more/exercises", "/more/memory", "/more/whatsapp", "/more/resources", "/more/account", "/more/device", "/more/leaving", "/more/delete", "/more/protocol"]) {
    await goto(page, path);
    await page.locator("main").waitFor();
    await page.waitForTimeout(450);
    await seen(page, `${language}${path.replaceAll("/", "-")}`, language);
  }
}

/** Small steps: all of them are there, and one begins in Talk. */
async function a_step(page, words, language) {
  await goto(page, "/more/exercises");
  await page.locator(".exercise-offer").first().waitFor();
  const offers = page.locator(".exercise-offer");
  check(`${language}: every small step is listed`, (await offers.count()) > 20, String(await offers.count()));
  const title = await offers.nth(2).locator("strong").innerText();
  await offers.nth(2).getByRole("button").click();
  await page.locator(".exercise").last().waitFor();
  check(`${language}: the step that was touched begins in Talk`, (await page.locator(".exercise header strong").last().innerText()) === title, title);
}

async function in_danger(page, words, language) {
  await goto(page, "/talk");
  await page.getByRole("log").waitFor();
  await write(page, words, words.danger);
  await page.locator(".calls, .steps").last().waitFor();
  check(`${language}: danger is answered with a way to call`, (await page.locator("main a[href^='tel:']").count()) > 0);
  await seen(page, `${language}-danger`, language);
}

async function help(page, context, words, language) {
  const pill = page.locator(".help-pill").first();
  check(`${language}: help is reached by its name`, (await pill.innerText()) === words.help);
  await pill.click();
  await page.waitForURL(`**/help.${language}.html`);
  await page.locator("main a[href^='tel:']").first().waitFor();
  await seen(page, `${language}-help`, language);
  await context.setOffline(true);
  await page.reload();
  await page.locator("main a[href^='tel:']").first().waitFor();
  check(`${language}: help works without a network, in the language`, (await page.locator("h1").innerText()) === words.help && (await page.locator("#offline").isVisible()));
  await picture(page, `${language}-help-offline-phone`);
  await page.goto(base);
  await page.locator(".help-pill, .state").first().waitFor();
  check(`${language}: the page itself opens without a network in its language`, (await page.evaluate(() => document.documentElement.lang)) === language);
  await context.setOffline(false);
}

/** Another one is a touch away, also from Get help now, and stays chosen. */
async function another(page, words, language) {
  await page.goto(`${base}/help.${language}.html`);
  await page.locator(".languages a", { hasText: "English" }).click();
  await page.waitForURL("**/help.html");
  check(`${language}: English is a touch away in help, and stays`, (await page.locator("h1").innerText()) === "Get help now");
  await goto(page, "/more/device");
  await page.getByRole("radiogroup", { name: "Language" }).waitFor();
  const told = page.waitForRequest((request) => request.method() === "PATCH" && request.url().endsWith("/api/v1/me"));
  await page.locator(".choice", { hasText: "Português" }).click();
  check(`${language}: the service is told of another language`, (await told).postDataJSON().language === "pt");
  await page.getByRole("link", { name: "Ajuda agora" }).waitFor();
  await page.reload();
  await page.getByRole("link", { name: "Ajuda agora" }).waitFor();
  check(`${language}: the choice is kept on this device`, (await page.evaluate(() => localStorage.getItem("rail.language"))) === "pt");
}

/** One language from the welcome to help, and the others where they show most. */
export async function in_other_languages(browser) {
  const whole = process.env.HANDRAIL_LANGUAGE ?? "de";
  const opened = await (await fetch(`${base}/api/v1/service`)).json();
  check("the service offers what it has signed; a demo offers all", opened.languages.join() === "en,es,fr,de,pt", opened.languages.join());
  for (const [language, words] of Object.entries(tongues)) {
    const { context, page } = await open_page(browser, { locale: words.locale });
    await way_in(page, words, language);
    await seen(page, `${language}-talk`, language);
    if (language === whole) {
      await pages(page, words, language);
      await a_step(page, words, language);
    }
    await in_danger(page, words, language);
    await help(page, context, words, language);
    if (language === whole) await another(page, words, language);
    await context.close();
  }
}
