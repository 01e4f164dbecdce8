/* The inside of Get help now, as HTML text. The page's script and the service worker both use it, so it needs no document.
   Everything that comes from outside is escaped here and in words.ts. */

import type { Country, Help, Line, SafetyPlan } from "../api/generated";
import { help_page, own_names, type Language } from "../messages/languages";
import { escape, words_in, type Help_text, type Help_texts, type Words } from "./words";

export interface Help_view {
  help: Help | null;
  countries: readonly Country[];
  plan: SafetyPlan | null;
  offline: boolean;
  language: Language;
  texts: Help_texts;
  /** Those the service has opened; only they are named. */
  languages: readonly Language[];
}

const icon = {
  phone: '<svg width="{s}" height="{s}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384"/></svg>',
  text: '<svg width="{s}" height="{s}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z"/></svg>',
  plan: '<svg width="{s}" height="{s}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M13.4 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-7.4M2 6h4M2 10h4M2 14h4M2 18h4"/><path d="M21.378 5.626a1 1 0 1 0-3.004-3.004l-5.01 5.012a2 2 0 0 0-.506.854l-.837 2.87a.5.5 0 0 0 .62.62l2.87-.837a2 2 0 0 0 .854-.506z"/></svg>',
  next: '<svg width="{s}" height="{s}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="m9 18 6-6-6-6"/></svg>',
  person: '<svg width="{s}" height="{s}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="12" cy="8" r="5"/><path d="M20 21a8 8 0 0 0-16 0"/></svg>',
};
const draw = (name: keyof typeof icon, size = 20) => icon[name].replaceAll("{s}", String(size));

/** Only what a telephone understands; anything else never reaches an address. */
const tel = (number: string) => `tel:${number.replace(/[^\d+*#]/g, "")}`;
const sms = (number: string, keyword?: string | null) => `sms:${number.replace(/[^\d+]/g, "")}${keyword ? `?body=${encodeURIComponent(keyword)}` : ""}`;
const web = (address: string) => (/^https:\/\//.test(address) ? escape(address) : "");

function row(title: string, detail: string, touches: string): string {
  return `<li><span class="what"><strong dir="auto">${title}</strong>${detail ? `<span class="second" dir="auto">${detail}</span>` : ""}</span><span class="touches">${touches}</span></li>`;
}

/** `shown` is what stands on the button and `said` the number as it is read out. */
function call(of: Words, number: string, name: string, shown: string, said = number): string {
  return `<a class="button lamp" href="${tel(number)}" aria-label="${of.t("call_named", { name, number: said })}">${draw("phone")}<span class="isolate">${shown}</span></a>`;
}

function line_rows(of: Words, line: Line): string {
  const { t } = of;
  const detail = [line.hours ? of.hours(line.hours) : "", line.how ? of.note(line.how) : "", line.confirmed === false ? t("not_confirmed") : ""].filter(Boolean).join(". ");
  const rows: string[] = [];
  if (line.phone) rows.push(row(escape(line.name), detail, call(of, line.dial || line.phone, line.name, escape(line.phone), line.phone)));
  if (line.sms) {
    const to = line.sms.keyword ? t("text_to", { keyword: line.sms.keyword, number: line.sms.number }) : t("text_number", { number: line.sms.number });
    const touch = `<a class="button lamp" href="${sms(line.sms.number, line.sms.keyword)}" aria-label="${to}">${draw("text")}${t("text")}</a>`;
    rows.push(row(to, [line.phone ? escape(line.name) : t("text_why"), line.phone ? "" : detail].filter(Boolean).join(". "), touch));
  }
  if (line.chat_url && web(line.chat_url) && !line.phone && !line.sms) rows.push(row(escape(line.name), detail, `<a class="button lamp-line" rel="noreferrer" href="${web(line.chat_url)}">${t("chat")}</a>`));
  return rows.join("");
}

const capital = (text: string): string => (text.startsWith("<") ? text : text.charAt(0).toUpperCase() + text.slice(1));

function emergency(of: Words, help: Help | null, country_name: string): string {
  const { t } = of;
  const numbers = help?.emergency.numbers ?? [];
  const reaches = help?.emergency.reaches ?? "";
  const under = numbers.length === 0 ? (of.language === "en" && escape(reaches)) || t("emergency_unknown") : [country_name ? t("emergency_in", { country: country_name }) : t("emergency_any"), capital(of.reaches(reaches))].filter(Boolean).join(". ");
  const note = [help?.emergency.note ? of.note(help.emergency.note) : "", help?.emergency.check_locally && numbers.length > 0 ? t("check_locally") : ""].filter(Boolean).join(". ");
  const touches = numbers.map((number) => `<a class="button lamp big" href="${tel(number)}" aria-label="${t("call_named", { name: of.plain("emergency_any"), number })}">${draw("phone", 26)}<span class="isolate">${escape(number)}</span></a>`).join("");
  return `<section class="emergency"><h2>${t("emergency")}</h2><p class="second">${under}</p>${touches ? `<p class="numbers">${touches}</p>` : ""}${note ? `<p class="second note">${note}</p>` : ""}</section>`;
}

function chooser(of: Words, countries: readonly Country[], chosen: string | null, label: Help_text): string {
  const { t } = of;
  if (countries.length === 0) return "";
  const order = new Intl.Collator(of.language);
  const named = countries.map(({ code, name }) => ({ code, name: of.country(code, name) }));
  if (of.language !== "en") named.sort((a, b) => order.compare(a.name, b.name));
  const options = named.map((one) => `<option value="${escape(one.code)}"${one.code === chosen ? " selected" : ""}>${escape(one.name)}</option>`).join("");
  return `<form class="where" action="${help_page(of.language)}" method="get"><label for="country">${t(label)}</label><span class="row"><select class="input" id="country" name="country">${options}</select><button class="button secondary" type="submit">${t("show")}</button></span></form>`;
}

/** The other languages, each by its own name and at its own address. */
function other_languages(of: Words, languages: readonly Language[]): string {
  const others = languages.filter((one) => one !== of.language);
  if (others.length === 0) return "";
  return `<ul class="languages" aria-label="${of.t("languages")}">${others.map((one) => `<li><a href="${help_page(one)}" lang="${one}" hreflang="${one}">${own_names[one]}</a></li>`).join("")}</ul>`;
}

export function render_help({ help, countries, plan, offline, language, texts, languages }: Help_view): string {
  const of = words_in(language, texts);
  const { t } = of;
  const country = help?.country ?? null;
  const english_name = countries.find((one) => one.code === country)?.name ?? help?.country_name ?? "";
  const country_name = country && english_name ? of.country(country, english_name) : english_name;
  const parts: string[] = [emergency(of, help, country_name)];

  if (!country && countries.length > 0) parts.push(`<section class="ask">${chooser(of, countries, null, "where")}<p class="second">${t("where_why")}</p></section>`);

  // The service's own number comes first while somebody is there to answer it.
  const own = help?.own_line ? { id: "own", ...help.own_line } : null;
  const lines = (own?.staffed_now === false ? [...(help?.lines ?? []), own] : [own, ...(help?.lines ?? [])]).filter((line): line is Line & { id: string } => line !== null && line !== undefined);
  if (lines.length > 0) parts.push(`<ul class="calls">${lines.map((line) => line_rows(of, line)).join("")}</ul>`);
  else if (country) parts.push(`<p class="block">${help?.gap && language === "en" ? escape(help.gap) : t("no_line")}</p>`);

  const people = (plan?.parts.people ?? []).filter((one) => one.phone);
  if (people.length > 0) {
    const rows = people.map((one) => {
      const [name, ...rest] = one.name.split(", ");
      const relation = rest.join(", ");
      return row(escape(name ?? ""), escape(relation.charAt(0).toUpperCase() + relation.slice(1)), call(of, one.phone ?? "", one.name, t("call")));
    });
    parts.push(`<h2 class="people">${t("people")}</h2><ul class="calls">${rows.join("")}</ul>`);
  }

  parts.push(`<a class="block go" href="/#/plan">${draw("plan", 22)}<strong>${t("plan")}</strong>${draw("next", 22)}</a>`);
  parts.push(
    offline
      ? `<div class="state offline to-team"><span class="mark nobody">${draw("person", 16)}</span><p><strong>${t("person")}</strong><br><span class="second">${t("person_offline")}</span></p></div>`
      : `<a class="block go" href="/#/talk"><span class="mark">${draw("person", 17)}</span><span><strong>${t("person")}</strong><br><span class="second">${t("person_online")}</span></span>${draw("next", 22)}</a>`,
  );

  const world = (help?.international ?? []).filter((one) => web(one.url));
  if (world.length > 0) parts.push(`<section><h2>${t("world")}</h2><ul class="stack close">${world.map((one) => `<li><a rel="noreferrer" href="${web(one.url)}">${escape(one.name)}</a>${one.what && of.directory(one.what) ? ` <span class="second">${of.directory(one.what)}</span>` : ""}</li>`).join("")}</ul></section>`);

  if (country && countries.length > 0) parts.push(`<details class="change"><summary>${country_name ? t("not_in", { country: country_name }) : ""} <span class="link">${t("change")}</span></summary>${chooser(of, countries, country, "where")}</details>`);
  parts.push(other_languages(of, languages));
  return parts.filter(Boolean).join("\n");
}

