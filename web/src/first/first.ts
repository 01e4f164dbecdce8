/* The first questions: one on a screen, each answer saved as it is given, and at the end the page that goes to whoever reads it.
   It stands alone, without React, so that the pages that open every day stay small. */

import type { Block, CheckInGroup, FirstAssessmentOwn } from "../api/generated";
import { block_elements, element } from "../asked/blocks";
import { ask_in, get, post } from "../base/client";
import { setting } from "../base/device";
import { as_problem, type Problem } from "../base/problem";
import { help_page, language_of, usual_locale, wished_language } from "../messages/languages";
import { is_covered, leave, listen_for_leave } from "../person/shell/leave";
import { answer_in, asked, resume_at, said as in_words, still_needed, ticked, type Answer, type Asking } from "./questions";
import { filled, texts_in, type First_texts } from "./texts";
import { all_waiting, send_answer, send_waiting } from "./waiting";

const language = language_of(setting.read("rail.language")) ?? wished_language(navigator.languages);
const theme = setting.read("rail.theme");
if (theme === "light" || theme === "dark") document.documentElement.setAttribute("data-theme", theme);

const find = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind;

function day_and_time(at: string): string {
  return new Intl.DateTimeFormat(navigator.languages.find((tag) => language_of(tag) === language) ?? usual_locale[language], { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
}

class First {
  private answers: Record<string, Answer> = {};
  private version = 0;
  private asking: Asking = { groups: [], asked_when: {}, needed: [] };
  private form = "";
  private to_page = false; // an answer is changed from the page at the end: go back there
  private own!: FirstAssessmentOwn;

  constructor(private readonly t: First_texts) {}

  async begin(): Promise<void> {
    this.say(this.t.loading);
    this.warn(await send_waiting());
    try {
      this.take(await get("/first-assessment"));
    } catch (error) {
      return this.not_loaded(as_problem(error));
    }
    this.say("");
    if (!this.own.form) return this.own.state === "none" ? this.say(this.t.not_asked) : this.show_after();
    const next = resume_at(this.asking, this.answers);
    if (next) this.show(next);
    else this.show_page();
  }

  private take(own: FirstAssessmentOwn): void {
    this.own = own;
    this.version = own.version;
    this.answers = { ...(own.answers as Record<string, Answer>) };
    // What still waits here was answered last.
    for (const one of all_waiting()) if (one.answer !== null) this.answers[one.question] = one.answer;
    this.form = own.form?.version ?? "";
    this.asking = { groups: own.form?.groups ?? [], asked_when: (own.asked_when ?? {}) as Record<string, unknown>, needed: own.needed ?? [] };
  }

  private say(words: string): void {
    find("said").textContent = words;
  }

  /** Words for somebody in danger stay in sight, whatever is answered next: newer ones stand above, and none takes the place of others. */
  private warn(blocks: readonly Block[]): void {
    if (blocks.length === 0) return;
    const place = find("blocks");
    const words = block_elements(blocks, { safety_plan: this.t.own_plan, talk_to_person: this.t.to_person });
    // A question among them is answered in the talk, where somebody reads the answer.
    if (blocks.some((block) => block.kind === "question")) words.push(element("p", {}, element("a", { class: "button secondary", href: "/#/talk" }, this.t.talk_now)));
    place.prepend(element("div", { class: "words" }, ...words));
    place.hidden = false;
    place.scrollIntoView({ block: "start" });
  }

  private put(...inside: HTMLElement[]): void {
    find("page").replaceChildren(...inside);
    const head = find("page").querySelector<HTMLElement>("h2, legend, label");
    head?.setAttribute("tabindex", "-1");
    head?.focus({ preventScroll: !find("blocks").hidden });
  }

  private not_loaded(problem: Problem): void {
    this.say(problem.status === 401 ? this.t.sign_in : this.t.no_answer);
    const again = element("button", { class: "button primary", type: "button" }, this.t.again);
    again.addEventListener("click", () => void this.begin());
    this.put(again);
  }

  private show(group: CheckInGroup): void {
    const all = asked(this.asking, this.answers);
    const at = all.findIndex((one) => one.id === group.id);
    const form = element("form", {});
    const send = element("button", { class: "button primary", type: "submit" }, this.t.next);
    const turns = element("p", { class: "turns" }, send);
    if (!this.asking.needed.includes(group.id)) {
      const skip = element("button", { class: "button secondary", type: "button" }, this.t.skip);
      skip.addEventListener("click", () => this.go_on(group));
      turns.append(skip);
    }
    const before = all[at - 1];
    if (before && !this.to_page) {
      const back = element("button", { class: "button quiet", type: "button" }, this.t.back);
      back.addEventListener("click", () => this.show(before));
      turns.append(back);
    }
    form.append(element("p", { class: "second" }, filled(this.t.step, { n: String(at + 1), of: String(all.length) })), ...(at === 0 && this.own.form?.about ? [element("p", {}, this.own.form.about)] : []), field_of(group, this.answers[group.id]), turns);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save(group, answer_in(group, new FormData(form)), send);
    });
    this.put(form);
  }

  private go_on(group: CheckInGroup): void {
    this.say("");
    const all = asked(this.asking, this.answers);
    const next = all[all.findIndex((one) => one.id === group.id) + 1];
    // Changed from the page: only what the change asks besides comes before it again.
    if (this.to_page && (!next || this.answers[next.id] !== undefined || !(next.id in this.asking.asked_when))) this.show_page();
    else if (next) this.show(next);
    else this.show_page();
  }

  private async save(group: CheckInGroup, answer: Answer | undefined, button: HTMLButtonElement): Promise<void> {
    if (answer === undefined && this.asking.needed.includes(group.id)) return this.say(this.t.needed);
    if (JSON.stringify(answer) === JSON.stringify(this.answers[group.id])) return this.go_on(group);
    button.disabled = true;
    const sent = await send_answer(this.form, group.id, answer ?? null, this.version);
    button.disabled = false;
    this.warn(sent.blocks);
    if (sent.state === "changed_elsewhere") return this.tell_elsewhere(group);
    if (sent.state === "refused") return this.say(sent.problem?.status === 401 ? this.t.sign_in : sent.problem?.is("consent") ? this.t.consent : this.t.refused);
    if (answer === undefined) delete this.answers[group.id];
    else this.answers[group.id] = answer;
    this.version = sent.version ?? this.version;
    this.go_on(group);
    if (sent.state === "waits") this.say(this.t.waits);
  }

  /** What stands on the screen stays; the next save is made in sight of the other answer. */
  private async tell_elsewhere(group: CheckInGroup): Promise<void> {
    try {
      this.take(await get("/first-assessment"));
    } catch {
      return this.say(this.t.refused);
    }
    if (this.own.state !== "begun") return this.show_after();
    const other = this.answers[group.id];
    this.say(filled(this.t.elsewhere, { said: other === undefined ? this.t.open : in_words(group, other) }));
  }

  private show_page(): void {
    this.to_page = true;
    const lines = asked(this.asking, this.answers).map((group) => {
      const answer = this.answers[group.id];
      const change = element("button", { class: "button quiet", type: "button", "aria-label": `${this.t.change}: ${group.question}` }, this.t.change);
      change.addEventListener("click", () => this.show(group));
      return element("div", {}, element("dt", {}, group.question), element("dd", answer === undefined ? { class: "second" } : { dir: "auto" }, answer === undefined ? this.t.open : in_words(group, answer)), element("dd", {}, change));
    });
    const inside = [element("h2", {}, this.t.page_title), element("p", {}, this.t.page_lead), element("dl", { class: "said" }, ...lines), element("p", {}, this.readers())];
    if (this.own.staff_may_read) {
      const send = element("button", { class: "button primary", type: "button" }, this.t.send);
      send.addEventListener("click", () => void this.send(send));
      inside.push(element("p", {}, send));
    } else inside.push(element("p", {}, this.t.may_read), element("p", {}, element("a", { class: "button secondary", href: "/#/more/privacy" }, this.t.to_privacy)));
    this.put(...inside);
  }

  private readers(): string {
    const { reader, team } = this.own;
    return reader ? filled(this.t.reads, { name: reader }) : team.length > 0 ? filled(this.t.team_reads, { names: team.join(", ") }) : this.t.nobody_reads;
  }

  private async send(button: HTMLButtonElement): Promise<void> {
    const open = still_needed(this.asking, this.answers);
    if (open) {
      this.show(open);
      return this.say(this.t.needed);
    }
    button.disabled = true;
    const waited = all_waiting().length > 0;
    if (waited) this.warn(await send_waiting());
    if (all_waiting().length > 0) {
      button.disabled = false;
      return this.say(this.t.send_waits);
    }
    try {
      if (waited) {
        // What waited has its version only now, and another device may have gone on: look at it as the server has it.
        const before = JSON.stringify(Object.entries(this.answers).sort());
        this.take(await get("/first-assessment"));
        if (JSON.stringify(Object.entries(this.answers).sort()) !== before) {
          this.show_page();
          return this.say(this.t.looked_again);
        }
      }
      this.take(await post("/first-assessment/send", { body: { version: this.version } }));
      this.show_after();
    } catch (error) {
      button.disabled = false;
      if (as_problem(error).status !== 409) return this.say(this.t.not_sent);
      try {
        this.take(await get("/first-assessment"));
      } catch {
        return this.say(this.t.not_sent);
      }
      if (this.own.state !== "begun") return this.show_after();
      this.show_page();
      this.say(this.t.looked_again);
    }
  }

  private show_after(): void {
    this.say("");
    const { own, t } = this;
    const when = own.read_at ? filled(t.was_read, { at: day_and_time(own.read_at) }) : own.due_at ? filled(t.by_when, { at: day_and_time(own.due_at) }) : "";
    const lines = own.said.map((line) => element("div", {}, element("dt", {}, line.asked), element("dd", { dir: "auto" }, line.said)));
    const offers = own.offered.map((offer) => element("li", {}, element("a", { class: "button secondary", href: `/#/questions/${encodeURIComponent(offer.id)}` }, offer.title)));
    this.put(element("h2", {}, t.sent_title), element("p", {}, `${this.readers()} ${when}`), ...(offers.length > 0 ? [element("p", {}, t.offered), element("ul", { class: "calls" }, ...offers)] : []), element("h2", {}, t.page_title), element("dl", { class: "said" }, ...lines));
    find("stop").textContent = t.to_talk;
    find("stop-safe").hidden = true;
  }
}

function field_of(group: CheckInGroup, answer: Answer | undefined): HTMLElement {
  const hint = group.hint ? element("p", { class: "second", id: "hint" }, group.hint) : null;
  if (group.text) {
    const area = element("textarea", { class: "input", name: group.id, id: "answer", maxlength: String(group.longest ?? 2000), dir: "auto", ...(group.hint || group.below ? { "aria-describedby": group.below ? "below" : "hint" } : {}) });
    area.value = typeof answer === "string" ? answer : "";
    return element("div", {}, element("label", { for: "answer" }, element("strong", {}, group.question)), hint, area, group.below ? element("p", { class: "second", id: "below" }, group.below) : null);
  }
  const chosen = Array.isArray(answer) ? answer : answer === undefined ? [] : [String(answer)];
  const boxes = (group.choices ?? []).map(({ value, text }) => {
    const box = element("input", { type: group.many ? "checkbox" : "radio", name: group.id, value: String(value) });
    box.checked = chosen.includes(String(value));
    return { box, label: element("label", { class: "option" }, box, element("span", {}, text)) };
  });
  let before = chosen;
  if (group.many)
    for (const { box } of boxes)
      box.addEventListener("change", () => {
        before = ticked(before, boxes.filter((one) => one.box.checked).map((one) => one.box.value));
        for (const one of boxes) one.box.checked = before.includes(one.box.value);
      });
  return element("fieldset", hint ? { "aria-describedby": "hint" } : {}, element("legend", {}, group.question), hint, ...boxes.map(({ label }) => label));
}

async function begin(): Promise<void> {
  const t = await texts_in(language);
  ask_in(language);
  document.documentElement.lang = language;
  document.title = t.title;
  find("title").textContent = t.title;
  const help = find<HTMLAnchorElement>("help");
  help.textContent = t.help;
  help.href = help_page(language);
  find("stop").textContent = t.stop;
  find("stop-safe").textContent = t.stop_safe;
  find("stop-safe").hidden = false;
  const way_out = find("leave");
  way_out.textContent = t.leave;
  way_out.setAttribute("aria-label", t.leave_hidden);
  way_out.addEventListener("click", leave);
  listen_for_leave();
  addEventListener("pageshow", (event) => {
    // Brought back after leaving: the cover of the pages stands before what was written.
    if (event.persisted && document.documentElement.classList.contains("blank")) location.replace("/");
  });
  const first = new First(t);
  await first.begin();
}
if (is_covered()) location.replace("/");
else void begin();
