/* The page that a supporter's link opens: what somebody ticked of their safety plan, read-only, without a log-in. The token stands
   after the #, so that no server's log and no referrer has it. Nothing is asked of the server before a touch on the button: whatever
   looks at links ahead of people opens nothing and counts as nobody. Nothing is kept on the device. */

import type { Routes } from "../api/generated";
import { block_elements, element } from "../asked/blocks";
import { setting } from "../base/device";
import { help_page, language_of, wished_language, type Language } from "../messages/languages";
import { day, part_section, parts } from "./plan";
import { filled, texts_in, type Shared_texts } from "./texts";

let language: Language = language_of(setting.read("rail.language")) ?? wished_language(navigator.languages);
const theme = setting.read("rail.theme");
if (theme === "light" || theme === "dark") document.documentElement.setAttribute("data-theme", theme);

const find = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind;
const token = location.hash.slice(1);

type Opened = Routes["POST /api/v1/shared-plan/open"]["answer"];

/** Without cookies: who is signed in on this browser is nobody's business here. Status 0: no answer came. */
async function open(): Promise<{ status: number; body?: Opened }> {
  try {
    const answer = await fetch("/api/v1/shared-plan/open", { method: "POST", credentials: "omit", cache: "no-store", headers: { "content-type": "application/json", accept: "application/json", "accept-language": language }, body: JSON.stringify({ token }), signal: AbortSignal.timeout(20_000) });
    return answer.status === 200 ? { status: 200, body: (await answer.json()) as Opened } : { status: answer.status };
  } catch {
    return { status: 0 };
  }
}

function frame(t: Shared_texts): void {
  document.documentElement.lang = language;
  document.title = t.title;
  const help = find<HTMLAnchorElement>("help");
  help.textContent = t.help;
  help.href = help_page(language);
}

const refused = (t: Shared_texts, status: number): string => (status === 429 ? t.too_often : status === 0 || status >= 500 ? t.no_answer : t.no_link);

function show(t: Shared_texts, plan: Opened): void {
  const name = plan.called;
  const said = (text: string) => filled(text, { name, day: day(plan.until, language) });
  const title = find("title");
  title.textContent = said(t.of);
  find("said").textContent = said(t.what);
  const print = element("button", { class: "button secondary", type: "button" }, t.print);
  print.addEventListener("click", () => window.print());
  find("page").replaceChildren(
    ...parts.filter((part) => plan.shares.includes(part)).map((part) => part_section(t, plan.parts, part)),
    element("section", { class: "words" }, element("h2", {}, t.worried), ...block_elements(plan.worried)),
    element("section", { class: "words" }, element("h2", {}, t.danger), ...block_elements(plan.danger)),
    element("section", { class: "words" }, ...(plan.updated_at ? [element("p", { class: "second" }, filled(t.as_of, { day: day(plan.updated_at, language) }))] : []), element("p", { class: "second" }, said(t.until)), element("p", { class: "second" }, t.calls_nobody), element("p", { class: "no-print" }, print)),
  );
  title.focus();
}

async function begin(): Promise<void> {
  const before = await texts_in(language);
  frame(before);
  find("title").textContent = before.title;
  if (!token) {
    find("said").textContent = before.no_link;
    return;
  }
  find("said").textContent = before.before;
  const button = element("button", { class: "button primary", type: "button" }, before.open);
  find("page").replaceChildren(element("p", {}, button));
  button.addEventListener("click", () => {
    button.disabled = true;
    find("said").textContent = before.loading;
    void open().then(async ({ status, body }) => {
      button.disabled = false;
      if (!body) {
        find("said").textContent = refused(before, status);
        if (status === 404) button.parentElement?.remove();
        return;
      }
      language = language_of(body.language) ?? language; // what the person chose for them
      const t = await texts_in(language);
      frame(t);
      show(t, body);
    });
  });
}
void begin();
