/* What one supporter may see of the person's safety plan: ticked part by part, by a link that the person hands on. It stands alone,
   without React, so that the pages that open every day stay small. The link is shown once and kept nowhere. */

import type { PlanParts, Supporter, SupporterLink } from "../api/generated";
import { element } from "../asked/blocks";
import { ask_in, get, post, put, remove, type Answer } from "../base/client";
import { setting } from "../base/device";
import { as_problem } from "../base/problem";
import { help_page, language_of, languages, own_names, wished_language } from "../messages/languages";
import { is_covered, leave, listen_for_leave } from "../person/shell/leave";
import { day, day_and_time, lines_of, parts, type Part } from "./plan";
import { filled, texts_in, type Shared_texts } from "./texts";

const language = language_of(setting.read("rail.language")) ?? wished_language(navigator.languages);
const theme = setting.read("rail.theme");
if (theme === "light" || theme === "dark") document.documentElement.setAttribute("data-theme", theme);

const find = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind;
const supporter = location.hash.slice(1);

function button(kind: "primary" | "secondary", text: string, pressed: () => void): HTMLButtonElement {
  const made = element("button", { class: `button ${kind}`, type: "button" }, text);
  made.addEventListener("click", pressed);
  return made;
}

function named(label: string, field: HTMLElement): HTMLElement {
  return element("label", { class: "named" }, element("span", {}, label), field);
}

class Share {
  private all!: Answer<"GET", "/supporters">;
  private one!: Supporter;
  private plan!: PlanParts;

  constructor(private readonly t: Shared_texts) {}

  async begin(): Promise<void> {
    find("said").textContent = this.t.loading;
    try {
      const [all, plan] = await Promise.all([get("/supporters"), get("/safety-plan")]);
      this.all = all;
      this.plan = plan.parts;
    } catch (error) {
      find("said").textContent = as_problem(error).status === 401 ? this.t.mine_sign_in : this.t.no_answer;
      return;
    }
    const found = this.all.items.find((each) => each.id === supporter);
    if (!found) {
      find("said").textContent = this.t.mine_gone;
      return;
    }
    this.one = found;
    find("title").textContent = this.filled(this.t.mine_title);
    this.show();
  }

  private filled(text: string, places: Readonly<Record<string, string>> = {}): string {
    return filled(text, { name: this.one.name, ...places });
  }

  private say(text: string): void {
    find("said").textContent = text;
    find("said").scrollIntoView({ block: "nearest" });
  }

  /** Read anew: another device may have changed it. */
  private async again(said: string): Promise<void> {
    await this.begin();
    this.say(said);
    find("title").focus();
  }

  private show(): void {
    const link = this.one.link;
    this.say(this.filled(link ? (link.state === "open" ? this.t.mine_open : link.state === "waits" ? this.t.mine_waits : this.t.mine_ended) : this.t.mine_none, link ? { day: day(link.ends_at, language) } : {}));
    find("page").replaceChildren(...(link && link.state !== "ended" ? this.of_link(link) : [...(link ? [this.looked(link)] : []), this.fresh()]));
  }

  private looked(link: SupporterLink): HTMLElement {
    return element("p", {}, link.opened_at ? filled(this.t.mine_opened, { n: String(link.opened), at: day_and_time(link.opened_at, language) }) : this.t.mine_never);
  }

  private of_link(link: SupporterLink): HTMLElement[] {
    const note = link.understood;
    const ticks = this.ticks(new Set(link.shares));
    const save = () => this.run(() => put("/supporters/{supporter}/link", { path: { supporter }, body: { shares: this.ticked(ticks) } }), this.t.mine_saved, ticks);
    const take_back = () => this.run(() => remove("/supporters/{supporter}/link", { path: { supporter } }), this.t.mine_taken);
    const renew = button("secondary", this.t.mine_new, () => {
      renew.replaceWith(this.fresh(new Set(this.ticked(ticks)), link));
    });
    return [
      this.looked(link),
      ...(note ? [element("blockquote", {}, [note.by, note.note].filter(Boolean).join(": "))] : []),
      ticks,
      element("p", { class: "deeds" }, button("primary", this.t.mine_save, save), button("secondary", this.t.mine_take_back, take_back)),
      element("p", { class: "second" }, this.t.mine_new_why),
      element("div", {}, renew),
    ];
  }

  private run(deed: () => Promise<unknown>, done: string, ticks?: HTMLElement): void {
    if (ticks && this.ticked(ticks).length === 0) return this.say(this.t.mine_none_ticked);
    void deed().then(
      () => this.again(done),
      () => this.say(this.t.mine_not_saved),
    );
  }

  private ticks(on: ReadonlySet<string>): HTMLElement {
    const options = parts.map((part) => {
      const box = element("input", { type: "checkbox", value: part });
      box.checked = on.has(part);
      return element("label", { class: "option" }, box, element("span", {}, this.t[part]), element("span", { class: "second" }, filled(this.t.mine_lines, { n: String(lines_of(this.plan, part).length) })));
    });
    return element("fieldset", {}, element("legend", {}, this.filled(this.t.mine_tick)), ...options);
  }

  private ticked(ticks: HTMLElement): Part[] {
    return parts.filter((part) => ticks.querySelector<HTMLInputElement>(`input[value="${part}"]`)?.checked);
  }

  /** What one agrees to first, then what the link shows, to whom and how long. */
  private fresh(on: ReadonlySet<string> = new Set(), before?: SupporterLink): HTMLElement {
    const ticks = this.ticks(on);
    const called = element("input", { type: "text", maxlength: "40", autocomplete: "off", value: before?.called ?? "" });
    const tongue = element("select", {}, ...languages.map((each) => element("option", { value: each, lang: each }, own_names[each])));
    tongue.value = before?.language ?? language;
    const days = element("select", {}, ...this.all.days.map((each) => element("option", { value: String(each) }, filled(this.t.mine_day, { n: String(each) }))));
    days.value = String(this.all.usual_days);
    const make = button("primary", this.t.mine_agree, () => {
      const shares = this.ticked(ticks);
      if (shares.length === 0) return this.say(this.t.mine_none_ticked);
      if (called.value.trim() === "") {
        this.say(this.filled(this.t.mine_no_name));
        called.focus();
        return;
      }
      make.disabled = true;
      post("/supporters/{supporter}/link", { path: { supporter }, body: { shares, days: Number(days.value), called: called.value.trim(), language: tongue.value, agreed: true } }).then(
        ({ token, link }) => this.made(`${location.origin}/s#${token}`, link),
        (error: unknown) => {
          make.disabled = false;
          this.say(as_problem(error).status === 403 ? this.t.mine_consent : this.t.mine_not_saved);
        },
      );
    });
    return element("div", { class: "new" }, ...this.all.consent.map((part) => element("p", {}, part)), ticks, named(this.filled(this.t.mine_called), called), named(this.t.mine_language, tongue), named(this.t.mine_days, days), element("div", {}, make));
  }

  private made(address: string, link: SupporterLink): void {
    const shown = element("input", { type: "text", readonly: "", value: address, dir: "ltr", "aria-label": this.filled(this.t.mine_made) });
    shown.addEventListener("focus", () => shown.select());
    const copy = button("primary", this.t.mine_copy, () => {
      shown.select();
      void navigator.clipboard?.writeText(address).then(() => this.say(this.t.mine_copied));
    });
    const ways: HTMLElement[] = [copy];
    // Of the phone's own ways the person chooses one; the subject of a letter would stand in a list that others see.
    if (typeof navigator.share === "function") ways.push(button("secondary", this.t.mine_send, () => void navigator.share({ url: address }).catch(() => undefined)));
    ways.push(element("a", { class: "button secondary", href: `mailto:?body=${encodeURIComponent(address)}` }, this.t.mine_mail));
    this.say(this.filled(link.state === "waits" ? this.t.mine_waits : this.t.mine_open, { day: day(link.ends_at, language) }));
    find("page").replaceChildren(element("section", { class: "made" }, element("h2", { tabindex: "-1" }, this.filled(this.t.mine_made)), shown, element("p", {}, this.t.mine_once), element("p", { class: "deeds" }, ...ways)));
    find("page").querySelector("h2")?.focus();
  }
}

async function begin(): Promise<void> {
  const t = await texts_in(language);
  ask_in(language);
  document.documentElement.lang = language;
  document.title = t.mine_page;
  find("title").textContent = t.mine_page;
  const help = find<HTMLAnchorElement>("help");
  help.textContent = t.help;
  help.href = help_page(language);
  find("back").textContent = t.mine_back;
  const way_out = find("leave");
  way_out.textContent = t.leave;
  way_out.setAttribute("aria-label", t.leave_hidden);
  way_out.addEventListener("click", leave);
  listen_for_leave();
  addEventListener("pageshow", (event) => {
    // Brought back after leaving: the cover of the pages stands before what was written.
    if (event.persisted && document.documentElement.classList.contains("blank")) location.replace("/");
  });
  await new Share(t).begin();
}
if (is_covered()) location.replace("/");
else void begin();
