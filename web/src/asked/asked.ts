/* The page that a link in a letter opens: one form, without a log-in, about oneself or ("i.") about somebody who named one. Looking
   sends nothing but the token; a touch on the button sends the answers. The token stands after the #, so that no server's log and no referrer has it. Nothing is kept on the device. */

import type { Block, QuestionnaireTold } from "../api/generated";
import { setting } from "../base/device";
import { help_page, language_of, wished_language } from "../messages/languages";
import { block_elements, element } from "./blocks";
import { answers_in, critical_items, form_fields, type Shown } from "./form";
import { type Asked_texts, texts_in } from "./texts";

let language = language_of(setting.read("rail.language")) ?? wished_language(navigator.languages);
const theme = setting.read("rail.theme");
if (theme === "light" || theme === "dark") document.documentElement.setAttribute("data-theme", theme);

const find = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind;
const about_somebody = location.hash.startsWith("#i.");
const token = location.hash.slice(about_somebody ? 3 : 1);
const way = `/api/v1/${about_somebody ? "asked-about" : "asked"}`;

interface Told {
  saved_at?: string;
  told?: QuestionnaireTold;
  blocks?: Block[];
  team_called?: boolean;
  detail?: string;
}

/** Without cookies: who is signed in on this browser is nobody's business here. Status 0: no answer came. */
async function post(path: string, body: object): Promise<{ status: number; body: Told & Partial<Shown> }> {
  try {
    const answer = await fetch(path, { method: "POST", credentials: "omit", cache: "no-store", headers: { "content-type": "application/json", accept: "application/json", "accept-language": language }, body: JSON.stringify(body), signal: AbortSignal.timeout(20_000) });
    const text = await answer.text();
    return { status: answer.status, body: text ? (JSON.parse(text) as Told & Partial<Shown>) : {} };
  } catch {
    return { status: 0, body: {} };
  }
}

/** What is said about the answers before anything is written, where they are about somebody else. */
function lead_about(t: Asked_texts, called: string | undefined): HTMLElement[] {
  const lines = called ? [t.about_whom, t.about_reads] : [t.about_nameless, t.about_reads_nameless];
  return [...lines.map((line) => line.replaceAll("{name}", () => called ?? "")), t.about_skip].map((line) => element("p", { class: "about" }, line));
}

async function begin(): Promise<void> {
  // In the language that whoever named them chose for them.
  const opening = about_somebody && token ? await post(`${way}/open`, { token }) : undefined;
  language = language_of(opening?.body.language) ?? language;
  const own = await texts_in(language);
  const t = about_somebody ? { ...own, title: own.about_title, about: "", read_later: own.about_later, letters_why: own.about_why, no_more: own.about_no_more, no_more_done: own.about_no_more_done, no_link: own.about_no_link } : own;
  document.documentElement.lang = language;
  document.title = t.title;
  const title = find("title"), said = find("said"), form = find<HTMLFormElement>("form"), after = find("after"), help = find<HTMLAnchorElement>("help");
  title.textContent = t.title;
  help.textContent = t.help;
  help.href = help_page(language);

  const refused = (status: number): string => (status === 404 ? t.no_link : status === 429 ? t.too_often : status === 0 || status >= 500 ? t.no_answer : t.refused);
  const show_blocks = (blocks: readonly Block[]): void => {
    after.replaceChildren(...block_elements(blocks));
    after.setAttribute("role", "alert");
    after.hidden = blocks.length === 0;
  };

  said.textContent = t.loading;
  const opened = opening ?? (token ? await post(`${way}/open`, { token }) : { status: 404, body: {} });
  const shown = opened.body as Shown;
  if (opened.status !== 200) {
    said.textContent = refused(opened.status);
    return;
  }
  said.textContent = t.about;
  if (about_somebody) said.after(...lead_about(own, shown.called));
  const asks = shown.check_in;
  if (asks?.language) form.lang = asks.language;
  if (asks?.title) form.append(element("h2", {}, asks.title), element("p", {}, asks.about));
  if (shown.questionnaire) form.append(element("p", {}, shown.questionnaire.stem));
  form.append(...form_fields(shown));
  const send = element("button", { class: "button primary", type: "submit" }, t.send);
  form.append(send);
  if (shown.questionnaire?.attribution) form.append(element("p", { class: "second" }, shown.questionnaire.attribution));
  form.hidden = false;

  const version = shown.check_in?.version ?? shown.questionnaire?.version ?? "";
  const body = (partial: boolean) => ({ token, form: shown.form, version, language: shown.questionnaire?.language ?? language, answers: answers_in(shown, new FormData(form)), ...(partial ? { partial } : {}) });

  const critical = critical_items(shown);
  form.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement) || !critical.includes(event.target.name)) return;
    void post(`${way}/answer`, body(true)).then((answer) => {
      if (answer.body.blocks?.length) show_blocks(answer.body.blocks);
    });
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = body(false);
    if (Object.keys(given.answers).length === 0) {
      said.textContent = t.nothing_yet;
      return;
    }
    send.disabled = true;
    void post(`${way}/answer`, given).then((answer) => {
      send.disabled = false;
      if (answer.status !== 201) {
        said.textContent = refused(answer.status);
        if (answer.body.blocks?.length) show_blocks(answer.body.blocks);
        title.focus();
        return;
      }
      form.remove();
      document.querySelectorAll(".about").forEach((line) => line.remove());
      letters.hidden = true; // the link is used: it can stop nothing any more
      history.replaceState(null, "", "/c");
      const blocks = block_elements(answer.body.blocks ?? []);
      // Words for somebody in danger go first, before what happens to the answers.
      said.textContent = blocks.length > 0 ? t.sent : `${t.sent} ${t.read_later}`;
      title.textContent = t.sent_title;
      after.replaceChildren(...blocks, ...(answer.body.team_called ? [element("p", {}, own.about_called)] : []), ...(answer.body.told && language === "en" ? [element("h2", {}, answer.body.told.title), element("p", {}, answer.body.told.text), ...(answer.body.told.range ? [element("p", { class: "second" }, answer.body.told.range)] : [])] : []));
      after.hidden = after.childElementCount === 0;
      title.focus();
    });
  });

  const stop = element("button", { class: "button secondary", type: "button" }, t.no_more);
  const letters = element("section", { class: "letters" }, element("p", { class: "second" }, t.letters_why), stop);
  find("asked").append(letters);
  stop.addEventListener("click", () => {
    void post(`${way}/no-more`, { token }).then((answer) => {
      if (answer.status === 204) {
        letters.replaceChildren(element("p", { role: "status" }, t.no_more_done));
        if (about_somebody) form.remove(); // it opens nothing any more
      }
      else said.textContent = refused(answer.status);
    });
  });
}
void begin();
