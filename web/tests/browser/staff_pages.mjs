/* What the staff stories share: sizes, a look at a page in both lights, and the steps that are told of the mock's made-up people
   and of the demo's alike. What differs between the two (names, numbers, codes) is given by each story. */

import { axe, base, check, fits, launch, open_page, picture } from "./browser.mjs";

const desk = { width: 1440, height: 900 };
const small = { width: 1024, height: 768 };
const phone = { width: 390, height: 844 };
export const password = "handrail-demo";
export const browser = await launch();
export const settle = (page) => page.waitForTimeout(350);

/** Looks at a page in both lights, at three sizes; ends as it began: desk, light. */
export async function look(page, name) {
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  for (const [light, scheme] of [["", "light"], ["-dark", "dark"]]) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await settle(page);
    await picture(page, `staff-${name}${light}`);
    await axe(page, `${name} ${scheme}`);
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(small);
  await settle(page);
  await fits(page, `${name} at 1024 px`);
  await picture(page, `staff-${name}-1024`);
  await page.setViewportSize(phone);
  await settle(page);
  await axe(page, `${name} phone`);
  await fits(page, `${name} at 390 px`);
  await picture(page, `staff-${name}-phone`);
  await page.setViewportSize(desk);
  await settle(page);
}

export const open = () => open_page(browser, { viewport: desk, deviceScaleFactor: 1 });

/** Name, password, code. */
export async function sign_in(page, login, code_of) {
  await page.goto(`${base}/staff`);
  await page.getByLabel("Log-in name").fill(login);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("Code", { exact: true }).waitFor();
  await page.getByLabel("Code", { exact: true }).fill(await code_of(login));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator(".shell").waitFor();
}

/** The sign-in form as somebody meets it who makes every mistake once; ends at the code. */
export async function sign_in_with_mistakes(page) {
  await look(page, "sign-in");
  await page.getByRole("button", { name: "Go on" }).click();
  check("an empty form says what is missing", await page.getByRole("alert").isVisible());
  await page.getByLabel("Log-in name").fill("maeve");
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByText("The name or the password is wrong.").waitFor();
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("Code", { exact: true }).waitFor();
  check("the code field has focus", await page.evaluate(() => document.activeElement?.getAttribute("autocomplete") === "one-time-code"));
  await look(page, "code");
}

export async function asked_whether_to_call(page) {
  check("asked once whether Handrail may call", await page.getByText("May Handrail call you").isVisible());
  await page.getByRole("button", { name: "Not now" }).click();
}

/** J and K, H, and Ctrl+K with what is typed and whom it finds. */
export async function caseload_keys(page, first, second, typed, found) {
  await page.keyboard.press("j");
  await settle(page);
  check("J chooses the next person", (await page.locator(".chosen-name").textContent()) === second);
  await page.keyboard.press("k");
  await settle(page);
  check("K chooses the previous one", (await page.locator(".chosen-name").textContent()) === first);

  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "All keys" }).waitFor();
  await axe(page, "keys");
  await picture(page, "staff-keys");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Find or do" }).waitFor();
  await page.keyboard.type(typed);
  await page.getByRole("option", { name: found }).waitFor();
  await axe(page, "palette");
  await picture(page, "staff-palette");
  await page.keyboard.press("Escape");
  await page.keyboard.press("h");
  check("H hides the words", await page.evaluate(() => getComputedStyle(document.querySelector(".case-why .their-words")).color === "rgba(0, 0, 0, 0)"));
  await page.keyboard.press("h");
  await page.keyboard.press("/");
  await page.keyboard.type(first.slice(0, 5));
  await settle(page);
  check("/ finds a name in the list", (await page.locator(".chosen-name").textContent()).includes(first.slice(0, 5)));
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Escape");
  await settle(page);
}

/** 2,000 people, made up: only the rows in view are there, and walking through them keeps up with the keys. */
export async function two_thousand(page) {
  const urgencies = ["now", "today", "unknown", "soon", "usual"];
  const people = (urgency, n) =>
    Array.from({ length: n }, (_, i) => ({
      person: `${urgency}-${i}`, name: `Person ${urgency} ${i}`, age_band: "26_64", urgency, reason: urgency === "usual" ? "" : "Not on track: PHQ-9 is 19 at week 6, expected 8 to 15", new: i % 3 === 0,
      spark: Array.from({ length: 28 }, (_, d) => ({ d: d - 27, v: d % 9 === 4 ? null : 1 + ((i + d) % 5) })), heard_at: new Date(Date.now() - i * 60_000).toISOString(), changed: i % 2 ? ["PHQ-9 18 to 19", "3 check-ins"] : [], looked_at: new Date(Date.now() - 86_400_000).toISOString(),
    }));
  const groups = urgencies.map((urgency, i) => ({ urgency, people: people(urgency, [2, 38, 60, 900, 1000][i]) }));
  const counts = Object.fromEntries(groups.map((group) => [group.urgency, group.people.length]));
  await page.route("**/api/v1/caseload*", (route) => route.fulfill({ json: { team: { id: "t", name: "Everybody", people: 2000 }, counts, groups, test_pages: [] } }));
  await page.goto(`${base}/staff/caseload`);
  await page.getByText("Everybody, 2000 people").or(page.getByText("Everybody, 2,000 people")).waitFor();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await settle(page);
  check("of 2,000 people only those in view are rows", (await page.locator(".case-row").count()) < 60, await page.locator(".case-row").count());
  await picture(page, "staff-caseload-2000");
  const walked = await page.evaluate(async () => {
    const frames = [];
    let before = performance.now();
    for (let i = 0; i < 150; i += 1) {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true, cancelable: true }));
      await new Promise((done) => requestAnimationFrame(done));
      frames.push(performance.now() - before);
      before = performance.now();
    }
    frames.sort((a, b) => a - b);
    const grid = document.querySelector(".case-grid");
    const scrolled = [];
    for (let top = 0; top < grid.scrollHeight && scrolled.length < 200; top += 500) {
      const began = performance.now();
      grid.scrollTo(0, top);
      await new Promise((done) => requestAnimationFrame(done));
      scrolled.push(performance.now() - began);
    }
    scrolled.sort((a, b) => a - b);
    const at = (list, share) => Math.round(list[Math.floor((list.length - 1) * share)]);
    return { chosen: document.querySelector(".chosen-name")?.textContent, key: [at(frames, 0.5), at(frames, 0.95)], scroll: [at(scrolled, 0.5), at(scrolled, 0.95)] };
  });
  console.log(`2,000 people: a step with J takes ${walked.key[0]} ms (95 of 100 under ${walked.key[1]}), a screen further ${walked.scroll[0]} ms (${walked.scroll[1]})`);
  check("150 times J is 150 people further", walked.chosen === "Person soon 50", walked.chosen);
  await page.unroute("**/api/v1/caseload*");
}

/** Acknowledged, judged, an attempted call, and closed by a record. */
export async function alert(page, { id, name, record }) {
  await page.goto(`${base}/staff/alerts/${id}`);
  await page.getByRole("heading", { name }).waitFor();
  await page.keyboard.press("s");
  check("saving says what is missing", await page.getByText(/Missing: acknowledge first/).isVisible());
  check("the words that raised it are marked", (await page.locator(".said mark").count()) > 0);
  await page.keyboard.press("a");
  await page.getByText("You acknowledged").first().waitFor();
  await look(page, "alert");
  await page.keyboard.press("y");
  await page.getByText("You agreed with the finding.").first().waitFor();
  await page.getByRole("button", { name: "No answer" }).first().click();
  await page.locator(".step.done").first().waitFor();
  check("an attempted call is kept at its step", await page.locator(".step.done").first().getByText(/No answer, Maeve/).isVisible());
  check("no answer is filled in beforehand", (await page.locator(".questions [data-selected]").count()) === 0);
  await page.keyboard.press("6");
  check("no contact asks for a reason and a second person", (await page.getByText("Why no contact is needed").isVisible()) && (await page.getByText(/second person has to agree/).first().isVisible()));
  await picture(page, "staff-alert-reason");
  await answers(page);
  await page.keyboard.press("1");
  check("no single key closes an alert", await page.locator("[data-outcome=reached]").evaluate((button) => button === document.activeElement));
  await page.locator("[data-outcome=reached]").click();
  await page.getByText("This alert is closed. You are reading.").waitFor();
  await page.getByRole("button", { name: "That was a slip: open it again" }).click();
  await page.getByText("The alert is open again, and yours.").first().waitFor();
  await page.locator("[data-outcome=reached]").click();
  await page.getByText("This alert is closed. You are reading.").waitFor();
  await page.getByLabel("Words to it").fill(record);
  await page.getByRole("button", { name: "Add the words" }).click();
  await page.locator(".record-words", { hasText: record }).waitFor();
  check("closed only by the record of a named human", await page.getByText("Saved. The alert is closed.").first().isVisible());
  await picture(page, "staff-alert-closed");
}

/** What was asked is kept by itself, and stands there as what was heard. */
async function answers(page) {
  if ((await page.locator(".questions").count()) === 0) return;
  await page.locator(".questions li").first().getByText("No", { exact: true }).click();
  await page.getByRole("button", { name: "Keep the answers" }).click();
  await page.getByRole("button", { name: "Keep the answers" }).waitFor({ state: "detached" });
  check("an answer that was kept stands there", (await page.locator(".questions [data-selected]").count()) === 1);
}

/** One alert is handed to a colleague, another is recorded as needing no contact: neither ends with one person. */
export async function hand_over(page, given, without_contact) {
  await page.goto(`${base}/staff/alerts/${given.alert}`);
  await page.getByRole("heading", { name: given.name }).waitFor();
  if (given.acknowledge) {
    await page.keyboard.press("a");
    await page.getByText("You acknowledged").first().waitFor();
  }
  await page.keyboard.press("o");
  await page.getByLabel("What you did, in your words").fill("Rang the safe number. Ruth knows them.");
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  check("a hand-over names the colleague", await page.getByText("Missing: name the colleague.").isVisible());
  await page.getByLabel("Which colleague").selectOption({ label: `${given.to}, service lead` });
  await page.getByRole("button", { name: "Save the record" }).click();
  await page.getByText(`Handed to ${given.to}. It is not accepted yet.`).waitFor();

  await page.goto(`${base}/staff/alerts/${without_contact.alert}`);
  if (without_contact.name) await page.getByRole("heading", { name: without_contact.name }).waitFor();
  await page.getByRole("button", { name: "Acknowledge" }).first().waitFor();
  await page.keyboard.press("a");
  await page.getByText("You acknowledged").first().waitFor();
  await page.keyboard.press("6");
  await page.getByLabel("Why no contact is needed").fill("Words of a song, said so on the telephone an hour ago.");
  await page.getByLabel("What you did, in your words").fill("Read the whole conversation.");
  await page.getByRole("button", { name: "Save the record" }).click();
  await page.getByText("Somebody else has to agree.").waitFor();
  check("one person alone cannot close now without contact", (await page.getByRole("button", { name: "I agree, close it" }).count()) === 0);
}

/** The colleague's side of both. Whoever called looks at what became of the second. */
export async function accept_and_agree(page, given, without_contact) {
  await page.goto(`${base}/staff/alerts/${given.alert}`);
  await page.getByRole("button", { name: "Accept it" }).waitFor();
  await axe(page, "hand-over");
  await picture(page, "staff-alert-hand-over");
  await page.getByRole("button", { name: "Accept it" }).click();
  await page.locator("[data-outcome=reached]").waitFor();
  await page.goto(`${base}/staff/alerts/${without_contact.alert}`);
  await page.getByRole("button", { name: "I agree, close it" }).waitFor();
  await axe(page, "second person");
  await picture(page, "staff-alert-second");
  await page.getByRole("button", { name: "I agree, close it" }).click();
}

/** A person's page: the chart by keyboard and as a table. */
export async function course(page, { id, name, gaps }) {
  await page.goto(`${base}/staff/people/${id}`);
  await page.getByRole("heading", { name }).waitFor();
  await page.locator(".timeline li").first().waitFor();
  check("every event has a name", (await page.getByText(/event\.|path_step\./).count()) === 0);
  await settle(page);
  await look(page, "person");
  await page.locator(".chart").focus();
  await page.keyboard.press("End");
  check("arrow keys walk the chart", await page.locator(".chart-tip").isVisible());
  await picture(page, "staff-person-point");
  await page.keyboard.press("v");
  check("V shows the twin table, gaps as rows", (await page.locator(".gap-row").count()) >= gaps);
  await axe(page, "person table");
  await picture(page, "staff-person-table");
  await page.keyboard.press("v");
  await on_paper(page, name);
}

/** The course as a PDF: name, chart and what it says in words; nothing that is only for the screen, and no page over. */
async function on_paper(page, name) {
  await page.emulateMedia({ media: "print" });
  const shown = (where) => page.locator(where).first().isVisible();
  check("paper has the person's name, the chart and the words under it", (await page.getByRole("heading", { name }).isVisible()) && (await shown(".chart svg")) && (await shown(".printed")));
  check("paper has no bars, buttons or notes of the screen", !(await shown(".side")) && !(await shown(".top")) && !(await shown(".person-side")));
  await picture(page, "staff-person-paper", { fullPage: true });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const pages = (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length;
  check("it is a PDF of one to four pages", pdf.startsWith("%PDF-") && pages >= 1 && pages <= 4, `${pages} pages`);
  await page.emulateMedia({ media: null });
}

/** What somebody is asked: begun with the keyboard alone, refused with the reason, changed, stopped, and begun again. */
export async function asking(page, first) {
  await page.getByRole("heading", { name: "Questions and reminders" }).waitFor();
  const running = page.locator(".asking-list > li");
  const before = await running.count();
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press("q");
  await page.getByRole("dialog", { name: `Ask ${first} something` }).waitFor();
  await press("Tab", "Tab");
  await page.keyboard.type("PHQ-9");
  await press("Tab", "ArrowRight", "Tab");
  check("the days stand under the kind, ready for the keyboard", (await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))) === "Monday");
  for (let day = 0; day < 7; day += 1) await press("Space", "Tab");
  await press("Enter");
  check("no day chosen is told in words", await page.getByRole("alert").getByText("Choose at least one day").isVisible());
  for (let day = 0; day < 2; day += 1) await press("Shift+Tab", "Space");
  await axe(page, "asking");
  await picture(page, "staff-asking");
  await page.setViewportSize(phone);
  await settle(page);
  await fits(page, "asking at 390 px");
  await axe(page, "asking phone");
  await picture(page, "staff-asking-phone");
  await page.setViewportSize(desk);
  await press("Tab", "Tab", "Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const made = running.filter({ hasText: "Sat, Sun, at some moment between 09:00 and 12:00" });
  await made.waitFor();
  check("it is asked from now on, and says when next and why so often", (await running.count()) === before + 1 && /PHQ-9/.test(await made.innerText()) && /Next\s+\w{3}, /.test(await made.innerText()) && /As often as was agreed\./.test(await made.innerText()), await made.innerText());

  await made.getByRole("button", { name: "Change PHQ-9" }).click();
  const form = page.getByRole("dialog", { name: `What ${first} is asked` });
  check("the form holds what is asked until now", (await form.getByLabel("Saturday").isChecked()) && !(await form.getByLabel("Monday").isChecked()) && (await form.getByLabel("Until").inputValue()) === "12:00");
  await form.getByLabel("Until").fill("08:00");
  await form.getByRole("button", { name: "Save the change" }).click();
  check("a window that ends before it begins is refused", await form.getByText("A window ends after it begins.").isVisible());
  await form.getByLabel("Until").fill("11:00");
  await form.getByLabel("Never less than").selectOption("3");
  await form.getByLabel("Time zone").fill("Nowhere");
  await form.getByRole("button", { name: "Save the change" }).click();
  await form.getByText("Choose a time zone such as Europe/Dublin.").waitFor();
  await form.getByLabel("Time zone").fill("Europe/Lisbon");
  await form.getByRole("button", { name: "Save the change" }).click();
  const changed = running.filter({ hasText: "between 09:00 and 11:00" });
  await changed.getByText("down to one time in 3").waitFor();
  check("a change takes the place of what was before", (await running.count()) === before + 1);
  await look(page, "person-asking");
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  const pausing = page.getByRole("dialog", { name: `Ask ${first} nothing for a while` });
  await pausing.getByLabel("Why (may stay empty)").fill("In hospital.");
  await axe(page, "pause");
  await picture(page, "staff-asking-pause");
  await pausing.getByRole("button", { name: "Pause", exact: true }).click();
  await pausing.waitFor({ state: "detached" });
  await page.getByText("Paused by the team until").waitFor();
  check("whose pause it is and why stand above what is asked", await page.getByText("In hospital.").isVisible());
  await look(page, "person-paused");
  await page.getByRole("button", { name: "Ask again now" }).click();
  await page.getByText("Paused by the team until").waitFor({ state: "detached" });
  await changed.getByRole("button", { name: "Stop asking PHQ-9" }).click();
  await page.getByText("Stopped. What waited for an answer is withdrawn.").first().waitFor();
  await changed.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await changed.waitFor();
  check("undone, it is asked again", (await running.count()) === before + 1);
}

/** Who is on call for a clinician's team, and a few words for whoever comes on. */
export async function on_call(page) {
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await page.getByRole("heading", { name: "On call", exact: true }).waitFor();
  await page.getByRole("heading", { name: /^On call now for / }).first().waitFor();
  check("a clinician sets no rota", (await page.getByRole("button", { name: "Add the shift" }).count()) === 0);
  const block = page.locator(".on-call").first();
  const before = await block.locator(".handed-over > li").count();
  await block.getByRole("button", { name: "Hand over" }).click();
  check("an empty note is not handed over", await block.getByText("Write a few words first.").isVisible());
  await block.getByLabel("For whoever comes on next").fill("The pager is being mended: ring instead.");
  await block.getByRole("button", { name: "Hand over" }).click();
  const note = block.locator(".handed-over > li").first();
  await note.getByText("The pager is being mended: ring instead.").waitFor();
  check("it says who wrote it and when it goes", /Maeve.*Gone /s.test(await note.innerText()) && (await block.locator(".handed-over > li").count()) === before + 1, await note.innerText());
  check("the field is empty once it is stored", (await block.getByLabel("For whoever comes on next").inputValue()) === "");
  await look(page, "on-call");
  await note.getByRole("button", { name: "Take back" }).click();
  await note.getByText("The pager is being mended: ring instead.").waitFor({ state: "detached" });
  check("taken back, it is gone", (await block.locator(".handed-over > li").count()) === before);
}

export async function people(page, name) {
  await page.goto(`${base}/staff/people`);
  await page.getByRole("link", { name }).waitFor();
  await look(page, "people");
}

/** Somebody of another team opens with a reason and a code, for one hour. */
export async function break_glass(page, { id, name, code }) {
  await page.goto(`${base}/staff/people/${id}`);
  await page.getByRole("heading", { name: "This person is not in your team" }).waitFor();
  await look(page, "break-glass");
  await page.getByLabel("Why you need to look").fill("They rang the duty telephone.");
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Open for 60 minutes" }).click();
  await page.getByRole("heading", { name }).waitFor();
}

/** A conversation taken over, written in with and without a connection, and handed back. */
export async function live(page, { in_queue, conversation, first }) {
  await page.goto(`${base}/staff/live`);
  await page.getByRole("link", { name: in_queue }).waitFor();
  await look(page, "live-queue");
  await page.goto(`${base}/staff/live/${conversation}`);
  await page.getByRole("log").waitFor();
  await page.keyboard.press("t");
  await page.getByText(`You are writing to ${first}`).waitFor();
  const field = page.getByLabel(`Write to ${first}`);
  await field.fill(`${first}, it’s Maeve. I rang twice and I’m here now. I’m staying with you in this chat.`);
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
  await page.getByLabel("One line").fill("At home, a friend is coming.");
  await page.getByRole("dialog").getByRole("button", { name: "Hand back to the AI" }).click();
  await page.getByText(`${first} is talking with the AI.`).waitFor();
}

export async function findings(page) {
  await page.goto(`${base}/staff/findings`);
  await page.getByRole("heading", { name: "Findings" }).waitFor();
  await page.locator(".finding-cards > li").first().waitFor();
  await settle(page);
  await look(page, "findings");
}

/** Without the event stream the page says so, and since when. */
export async function not_live(page) {
  await page.goto(`${base}/staff/caseload`);
  await page.getByRole("grid", { name: "Caseload" }).waitFor();
  await page.route("**/api/v1/events*", (route) => route.abort());
  await page.reload();
  await page.getByText(/Not live since/).waitFor();
  await axe(page, "not live");
  await picture(page, "staff-not-live");
  await page.unroute("**/api/v1/events*");
}

/** The lead's numbers, and the review of an opening from outside the team. */
export async function service(page) {
  await page.goto(`${base}/staff/service`);
  await page.getByText("Is every alert answered in time?").waitFor();
  await look(page, "service");
  const reviewed = await page.getByText("Reviewed.").count();
  await page.getByLabel("What you found").first().fill("Right to look.");
  await page.getByRole("button", { name: "Mark as reviewed" }).first().click();
  await page.getByText("Reviewed.").nth(reviewed).waitFor();
  check("break-glass is reviewed", true);
}

/** Where the day has just begun, its first time stands at the end of the axis: there it was cut. */
async function midnight_is_whole(page, address) {
  const hour = new Date().getUTCHours();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setTimezoneOverride", { timezoneId: hour <= 12 ? `Etc/GMT+${hour}` : `Etc/GMT-${24 - hour}` });
  await page.goto(address);
  await page.locator(".lane-ticks").first().waitFor();
  await settle(page);
  const ticks = await page.locator(".lane-ticks").evaluateAll((axes) => axes.flatMap((axis) => [...axis.children].map((tick) => {
    const [here, all] = [tick.getBoundingClientRect(), axis.getBoundingClientRect()];
    return { time: tick.textContent, whole: here.left >= all.left && here.right <= all.right && here.bottom <= all.bottom + 1 };
  })));
  const cut = ticks.filter((tick) => !tick.whole).map((tick) => tick.time);
  check("every time on an axis stands there whole, midnight too", cut.length === 0 && ticks.some((tick) => tick.time === "00:00"), cut.join(" "));
  await devtools.send("Emulation.setTimezoneOverride", { timezoneId: "" });
  await devtools.detach();
}

/** The numbers of a day: people first, read with the keyboard, and the same as a table; then the three states without numbers. */
async function running(page) {
  const address = `${base}/staff/administration/running`;
  await page.goto(address);
  await page.getByRole("heading", { name: "Does somebody answer?" }).waitFor();
  const titles = await page.locator(".running h2").allTextContents();
  check("the people who wait come before the machine", titles.indexOf("Does somebody answer?") === 0 && titles.indexOf("Oldest alert that nobody had acknowledged") === 1 && titles.indexOf("Does the machine keep up?") > 1, titles.join(" / "));
  const slider = page.getByRole("slider", { name: "Read at a time: Does the machine keep up?" });
  const before = await slider.getAttribute("aria-valuetext");
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  const after = await slider.getAttribute("aria-valuetext");
  check("arrow keys walk through the day", before !== after && /Requests: /.test(after ?? ""), `${before} then ${after}`);
  const block = page.locator(".running-block", { has: page.getByRole("heading", { name: "Does the machine keep up?" }) });
  await block.getByText("As a table, by hour").click();
  check("a table says the same", (await block.locator("tbody tr").count()) > 0);
  await look(page, "administration-running-table");
  await midnight_is_whole(page, address);
  await page.route("**/api/v1/admin/measurements", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ status: 503, title: "Unavailable", detail: "" }) }));
  await page.goto(address);
  await page.getByText("The numbers did not load.").waitFor();
  await look(page, "administration-running-failed");
  await page.unroute("**/api/v1/admin/measurements");
  const empty = { now: new Date().toISOString(), span_seconds: 300, kept_minutes: 1440, taken_minutes: 0, answered: {}, answered_by_hour: [], spans: [] };
  await page.route("**/api/v1/admin/measurements", (route) => route.fulfill({ json: empty }));
  await page.goto(address);
  await page.getByText("Nothing measured yet").waitFor();
  await look(page, "administration-running-empty");
  await page.unroute("**/api/v1/admin/measurements");
}

/** Every section; then one line accepted, one invitation made, the record verified. */
export async function administration(page, { accepted, invited }) {
  for (const section of ["start", "accounts", "invitations", "teams", "lines", "texts", "settings", "audit", "running", "state"]) {
    await page.goto(`${base}/staff/administration/${section}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await settle(page);
    await look(page, `administration-${section}`);
  }
  await running(page);
  await page.goto(`${base}/staff/administration/lines`);
  await page.getByLabel("Country").selectOption("IE");
  await page.getByRole("button", { name: "Check Aware" }).click();
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  check("a line is not accepted without saying how", await page.getByText("Say how you checked it.").isVisible());
  await page.getByText("I called and someone answered").click();
  await page.getByLabel("Checked on").fill("2026-11-20");
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await page.getByText(accepted).waitFor();
  check("there is no way to accept all at once", (await page.getByRole("button", { name: /accept all/i }).count()) === 0);
  await page.goto(`${base}/staff/administration/invitations`);
  await page.getByLabel("Name", { exact: true }).fill(invited);
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.locator(".made-link code").waitFor();
  check("the link is shown once, with the token after #", /#/.test((await page.locator(".made-link code").textContent()) ?? ""));
  await picture(page, "staff-administration-link");
  await page.goto(`${base}/staff/administration/audit`);
  await page.getByRole("button", { name: "Verify the record" }).click();
  await page.getByText("The record is whole").waitFor();
  check("an administrator has no caseload", (await page.getByRole("link", { name: "Caseload" }).count()) === 0);
}
