/* Fills Get help now where no service worker has done it yet, and makes Leave quick. The page works without this script. */

import { setting, kept, kept_plan } from "../base/device";
import type { SafetyPlan } from "../api/generated";
import { help_page, language_of, languages, wished_language } from "../messages/languages";
import { leave, listen_for_leave, remember_leave_url } from "../person/shell/leave";
import { help_cache, kept_help, read_json, refresh_help, type Kept_help } from "./places";
import { render_help } from "./render";
import { texts_of_page } from "./words";

// Whoever has chosen a language, or whose browser asks for one, reads it here too, where the service has opened it.
const language = language_of(document.documentElement.lang) ?? "en";
const chosen = language_of(setting.read("rail.language"));
const offered = (setting.read("rail.languages") ?? "").split(",");
if (language === "en") {
  const wished = chosen ?? wished_language(navigator.languages);
  if (wished !== "en" && offered.includes(wished)) location.replace(help_page(wished) + location.search);
}

// A language that is touched here is chosen for the whole page.
document.addEventListener("click", (event) => {
  const touched = event.target instanceof Element ? language_of(event.target.closest(".languages a")?.getAttribute("hreflang")) : null;
  if (touched) setting.write("rail.language", touched);
});

const theme = setting.read("rail.theme");
if (theme === "light" || theme === "dark") document.documentElement.setAttribute("data-theme", theme);

for (const id of ["leave", "leave-first"])
  document.getElementById(id)?.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
listen_for_leave();
addEventListener("pageshow", () => document.documentElement.classList.remove("blank"));

document.getElementById("back")?.addEventListener("click", (event) => {
  if (history.length < 2 || !document.referrer) return;
  event.preventDefault();
  history.back();
});

const notice = document.getElementById("offline");
function show_network(): void {
  if (notice) notice.hidden = navigator.onLine;
}
addEventListener("online", show_network);
addEventListener("offline", show_network);
show_network();

const main = document.getElementById("help");
const asked = new URLSearchParams(location.search).get("country");
if (asked) setting.write("rail.country", asked);

async function fill(): Promise<void> {
  if (!main || main.hasAttribute("data-filled")) return;
  const country = asked ?? setting.read("rail.country");
  const known = (await refresh_help(country)) ?? (await read_json<Kept_help>(help_cache, kept_help));
  if (!known) return;
  remember_leave_url(known.leave_url);
  const demo = document.getElementById("demo");
  if (demo) demo.hidden = !known.demo;
  const plan = await kept<SafetyPlan>(kept_plan);
  main.innerHTML = render_help({ help: known.help, countries: known.countries, plan, offline: !navigator.onLine, language, texts: texts_of_page(main.dataset.texts), languages: languages.filter((one) => one === "en" || known.languages?.includes(one)) });
  main.setAttribute("data-filled", "");
}
void fill();
