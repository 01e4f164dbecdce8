import { Suspense, lazy, useEffect, useState, type ComponentType } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { on_signed_out } from "../base/client";
import { setting } from "../base/device";
import { offer_languages } from "../base/language";
import { on_event, start_events } from "../base/events";
import { match, use_path } from "../base/router";
import { use_service } from "../base/service";
import { Failed, Offline } from "../base/states";
import { use_text } from "../base/text";
import { refresh_help } from "../help/places";
import { use_account } from "./account";
import { go, href, router } from "./router";
import { sign_out_here } from "./session";
import { Cover } from "./shell/cover";
import { is_covered, listen_for_leave, remember_leave_url } from "./shell/leave";
import { Shell, use_focus_on_move } from "./shell/shell";
import { may_keep, send_waiting_check_ins } from "./check_in/waiting";
import Talk from "./talk/talk";
import Welcome from "./welcome/welcome";

// Each page is its own file, so that an old phone reads only what it shows.
const open_pages: Record<string, ComponentType> = {
  "/welcome": Welcome,
  "/welcome/choices": lazy(() => import("./welcome/about_you")),
  "/welcome/consent": lazy(() => import("./welcome/consent")),
  "/sign-in": lazy(() => import("./welcome/sign_in")),
  "/recovery": lazy(() => import("./welcome/recovery")),
};
const Check_in = lazy(() => import("./check_in/check_in"));
const more = (name: keyof typeof import("./more/pages")) => lazy(() => import("./more/pages").then((pages) => ({ default: pages[name] })));
const own_pages: Record<string, ComponentType> = {
  "/": Talk,
  "/talk": Talk,
  "/check-in": Check_in,
  "/questions": lazy(() => import("./questions/list")),
  "/progress": lazy(() => import("./progress/progress")),
  "/plan": lazy(() => import("./plan/plan")),
  "/plan/edit": lazy(() => import("./plan/edit")),
  "/more": more("More"),
  "/more/privacy": more("Privacy"),
  "/more/delete": more("Delete"),
  "/more/asking": more("Asking"),
  "/more/close": more("Close"),
  "/more/contact": more("Contact"),
  "/more/supporters": more("Supporters"),
  "/more/account": more("Account_page"),
  "/more/device": more("Device"),
  "/more/leaving": more("Leaving"),
  "/more/whatsapp": more("Whatsapp"),
  "/more/memory": more("Memory"),
  "/more/resources": more("Resources"),
  "/more/exercises": more("Exercises"),
};
const Protocol = lazy(() => import("./more/protocol"));
const Questionnaire = lazy(() => import("./questions/questionnaire"));

export function App() {
  const [covered, set_covered] = useState(is_covered);
  useEffect(() => listen_for_leave(), []);
  // A page brought back by the browser's back button must not show what was left.
  useEffect(() => {
    const shown = () => {
      document.documentElement.classList.remove("blank");
      set_covered(is_covered());
    };
    addEventListener("pageshow", shown);
    return () => removeEventListener("pageshow", shown);
  }, []);
  return covered ? <Cover open={() => set_covered(false)} /> : <Pages />;
}

function Pages() {
  const t = use_text();
  const queries = useQueryClient();
  const path = use_path(router);
  const account = use_account();
  const service = use_service();
  use_focus_on_move();

  useEffect(() => {
    if (!service.data) return;
    remember_leave_url(service.data.leave_url);
    offer_languages(service.data.languages);
  }, [service.data]);
  useEffect(() => on_signed_out(() => void sign_out_here(queries)), [queries]);
  useEffect(() => on_event((event) => {
    if (event.kind === "signed_out") void sign_out_here(queries);
  }), [queries]);

  const person = account.data?.role === "person" || account.data?.role === "supporter";
  useEffect(() => {
    if (!person) return;
    start_events();
    void send_waiting_check_ins();
    // Get help now must open without a network from here on, with the lines of the person's country.
    void refresh_help(setting.read("rail.country"));
  }, [person]);

  if (path === "/protocol" || path === "/more/protocol") return <Suspense><Protocol signed_in={person} /></Suspense>;

  const Open = open_pages[path];
  if (Open && !person) return <Suspense><Open /></Suspense>;
  if (account.isPending) return null;
  if (account.data && !person) {
    location.replace("/staff");
    return null;
  }
  if (account.data === null) return <Moved to="/welcome" />;
  if (account.isError && !kept_here()) {
    return (
      <Shell title={t("app.name")} no_tabs>
        {navigator.onLine ? <Failed title={t("app.failed")} safe={t("app.failed_safe")} error={account.error} retry={() => void account.refetch()} /> : <Offline>{t("app.offline")}</Offline>}
      </Shell>
    );
  }

  // With no answer from the server, what the person chose to keep here still opens.
  const questionnaire = match("/questions/:id", path);
  if (questionnaire) return <Suspense><Questionnaire id={questionnaire.id ?? ""} key={questionnaire.id} /></Suspense>;
  const check_in = match("/check-in/:form", path);
  if (check_in) return <Suspense><Check_in form={check_in.form} key={check_in.form} /></Suspense>;
  if (Open) return <Moved to="/talk" />;
  const Own = own_pages[path];
  if (!Own)
    return (
      <Shell title={t("app.name")}>
        <h2 className="voice">{t("app.no_page")}</h2>
        <p><a href={href("/talk")}>{t("app.to_talk")}</a></p>
      </Shell>
    );
  return <Suspense><Own /></Suspense>;
}

function kept_here(): boolean {
  return may_keep() || setting.read("rail.keeps-plan") !== null;
}

function Moved({ to }: { to: string }) {
  useEffect(() => go(to, { replace: true }), [to]);
  return null;
}
