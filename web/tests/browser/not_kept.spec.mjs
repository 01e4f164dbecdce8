/* What a person, a clinician and the administrator see while the disk is full, and when there is room again. The server is started
   with tests/release/libfailing_disk.so; HANDRAIL_DISK_ORDER is the file that tells the disk what to do. */

import { writeFileSync } from "node:fs";
import { axe, base, check, finish, fits, open_page, picture, sizes } from "./browser.mjs";
import { send, welcome } from "./person_pages.mjs";
import { browser, sign_in } from "./staff_pages.mjs";

const order = (letter) => writeFileSync(process.env.HANDRAIL_DISK_ORDER, letter);
const danger = "I am going to kill myself tonight";
const code_of = (login) => async () => {
  const all = await (await fetch(`${base}/api/v1/demo/log-ins`)).json();
  return all.staff.find((one) => one.login === login).code;
};

order("");
const person = await open_page(browser, { viewport: sizes.phone });
const staff = await open_page(browser, { viewport: sizes.desk });
const administrator = await open_page(browser, { viewport: sizes.desk });
try {
  await welcome(person.page);
  await sign_in(staff.page, "maeve", code_of("maeve"));
  await staff.page.getByRole("grid", { name: "Caseload" }).waitFor();
  const later = staff.page.getByRole("button", { name: "Not now" });
  if (await later.isVisible()) await later.click();
  await sign_in(administrator.page, "kit", code_of("kit"));
  await administrator.page.goto(`${base}/staff/administration/state`);
  await administrator.page.getByText("Durable").waitFor();

  order("full");
  const bar = person.page.locator(".not-kept");
  await bar.waitFor({ timeout: 20_000 });
  check("the person reads that nobody sees what is written", /nobody here sees/i.test(await bar.innerText()), await bar.innerText());
  check("with the way to help beside it", await person.page.getByRole("link", { name: "Get help now" }).first().isVisible());
  check("and nobody is offered who would not be told", !(await person.page.getByText("Talk to a person").first().isVisible()));

  await send(person.page, danger);
  const steps = person.page.locator(".log .turn.ai").last();
  await person.page.getByText("Call 112 or 999").first().waitFor({ timeout: 10_000 });
  check("words of danger get the fixed words", /116 123/.test(await steps.innerText()), await steps.innerText());
  check("and that nobody was told", /nobody from the service is here now/i.test(await steps.innerText()));
  check("the words themselves are marked as not sent", /not sent/i.test(await person.page.locator(".not-sent").last().innerText()));
  await axe(person.page, "person, not kept");
  await fits(person.page, "person, not kept");
  await picture(person.page, "not-kept-1-person");
  await person.page.setViewportSize(sizes.narrow);
  await fits(person.page, "person, not kept, narrow");
  await picture(person.page, "not-kept-1-person-narrow");
  await person.page.setViewportSize(sizes.phone);

  await person.page.goto(`${base}/help.html`);
  await person.page.getByText("116 123").first().waitFor({ timeout: 10_000 });
  await person.page.goBack();

  const cut = staff.page.locator(".not-live").filter({ hasText: "kept" });
  await cut.waitFor({ timeout: 20_000 });
  check("staff read that people reach nobody", /reaches nobody/i.test(await cut.innerText()), await cut.innerText());
  await axe(staff.page, "staff, not kept");
  await picture(staff.page, "not-kept-2-staff");

  await administrator.page.locator(".not-live").filter({ hasText: "kept" }).waitFor({ timeout: 20_000 });
  await administrator.page.getByText("The disk is full").first().waitFor({ timeout: 20_000 });
  await axe(administrator.page, "administrator, not kept");
  await picture(administrator.page, "not-kept-3-administrator");

  order("");
  await bar.waitFor({ state: "detached", timeout: 20_000 });
  await cut.waitFor({ state: "detached", timeout: 20_000 });
  await person.page.locator(".not-sent").waitFor({ state: "detached", timeout: 20_000 });
  await person.page.locator(".turn.person").filter({ hasText: danger }).first().waitFor({ timeout: 20_000 });
  const said = await person.page.locator(".turn.person").allInnerTexts();
  check("what was written is sent by itself, once", said.filter((words) => words.includes(danger)).length === 1, said.join(" | "));
  await person.page.locator(".turn.ai .told").last().waitFor({ timeout: 10_000 });
  await picture(person.page, "not-kept-4-sent");
} catch (error) {
  check("the story reaches its end", false, String(error.message ?? error).split("\n").slice(0, 6).join(" "));
  await picture(person.page, "broken-not-kept-person").catch(() => undefined);
  await picture(administrator.page, "broken-not-kept-administrator").catch(() => undefined);
  await picture(staff.page, "broken-not-kept-staff").catch(() => undefined);
} finally {
  order("");
  await browser.close();
}
finish("not_kept");
