import { useEffect, useState } from "react";
import { start_events, stop_events, use_refetch } from "../../base/events";
import { use_service } from "../../base/service";
import { Administration } from "../administration/administration";
import { Texts } from "../administration/texts";
import { AlertPage } from "../alert/alert_page";
import { CaseloadPage } from "../caseload/caseload_page";
import { CheckInsPage } from "../check_ins/check_ins_page";
import { ImportsPage } from "../imports/imports_page";
import { FindingsPage } from "../findings/findings_page";
import { use_keys } from "../keys/keys";
import { KeysOverlay } from "../keys/overlay";
import { LivePage } from "../live/live_page";
import type { Account } from "../nouns";
import { PeoplePage } from "../person/people_page";
import { PersonPage } from "../person/person_page";
import { OnCallPage } from "../rota/on_call";
import { RotaPage } from "../rota/rota_page";
import { back, go, to, use_place } from "../route";
import { ServicePage } from "../service/service_page";
import { use_words } from "../words";
import { Calling } from "./calling";
import { use_here } from "./here";
import { MeSheet } from "./me_sheet";
import { NotKept } from "./not_kept";
import { NotLive } from "./not_live";
import { Palette } from "./palette";
import { may } from "./role";
import { SideBar } from "./side_bar";
import { TestBar } from "./test_bar";
import { TopBar } from "./top_bar";

const refetched = {
  alert: ["caseload", "alert", "person"],
  caseload: ["caseload", "alert", "live"],
  conversation: ["live", "conversation"],
  message: ["live", "conversation", "alert"],
  finding: ["findings", "alert", "person"],
} as const;

/** Everything behind the door: side bar, top bar, the page, and what floats above it. */
export function Shell({ me }: { me: Account }) {
  const words = use_words();
  const parts = use_place();
  const service = use_service();
  const [hidden, set_hidden] = useState(false);
  const [sheet, set_sheet] = useState<"palette" | "keys" | "me" | null>(null);
  const [where = "", id] = parts;

  useEffect(() => {
    start_events();
    return stop_events;
  }, []);
  use_refetch(refetched);
  use_here();

  const start = may(me, "caseload") ? to.caseload : may(me, "administration") ? to.administration : to.service;
  const known = where === "" ? null : page_of(me, where, id);
  useEffect(() => {
    if (where === "") go(start, { replace: true });
  }, [where, start]);

  useEffect(() => {
    document.documentElement.classList.toggle("words-hidden", hidden);
    return () => document.documentElement.classList.remove("words-hidden");
  }, [hidden]);
  useEffect(() => {
    document.title = `${service.data?.name ?? words("shell.name")} · ${words("entry.staff")}`;
  }, [service.data?.name, words]);

  const jump = (path: string, to_what: Parameters<typeof may>[1]) => (may(me, to_what) ? () => go(path) : undefined);
  use_keys({
    "g c": jump(to.caseload, "caseload"),
    "g l": jump(to.live, "live"),
    "g p": jump(to.people, "people"),
    "g f": jump(to.findings, "findings"),
    "g s": jump(to.service, "service"),
    "g o": jump(to.rota, "rota"),
    h: () => set_hidden((before) => !before),
    "ctrl+k": () => set_sheet("palette"),
    "?": () => set_sheet("keys"),
    escape: id ? () => back(`/${where}` === "/alerts" ? to.caseload : `/${where}`) : undefined,
  });

  return (
    <div className="shell">
      <a className="skip unseen" href="#main">
        {words("page.skip")}
      </a>
      <SideBar me={me} where={where} open_me={() => set_sheet("me")} />
      <TopBar me={me} open={set_sheet} demo={Boolean(service.data?.demo)} />
      <div className="cuts">
        <NotKept phone={service.data?.own_line?.phone ?? null} role={me.role} />
        <NotLive phone={service.data?.own_line?.phone ?? null} />
      </div>
      <div className="asks">
        <TestBar here={where === "alerts"} />
        <Calling me={me} />
      </div>
      <main id="main" className="page" tabIndex={-1} key={where}>
        {known ?? (where === "" ? null : <p className="lone second">{words("shell.nothing_here")}</p>)}
      </main>
      <Palette me={me} open={sheet === "palette"} close={() => set_sheet(null)} toggle_words={() => set_hidden((before) => !before)} show_keys={() => set_sheet("keys")} />
      <KeysOverlay open={sheet === "keys"} close={() => set_sheet(null)} />
      <MeSheet me={me} open={sheet === "me"} close={() => set_sheet(null)} />
    </div>
  );

  function page_of(account: Account, name: string, of?: string) {
    if (name === "caseload" && may(account, "caseload")) return <CaseloadPage me={account} hidden={hidden} hide={() => set_hidden((before) => !before)} />;
    if (name === "alerts" && of) return <AlertPage key={of} id={of} me={account} />;
    if (name === "people" && may(account, "people")) return of ? <PersonPage key={of} id={of} me={account} /> : <PeoplePage />;
    if (name === "live" && may(account, "live")) return <LivePage id={of ?? null} me={account} />;
    if (name === "findings" && may(account, "findings")) return <FindingsPage />;
    if (name === "service" && may(account, "service")) return <ServicePage />;
    if (name === "rota" && may(account, "rota")) return account.role === "lead" ? <RotaPage /> : <OnCallPage />;
    if (name === "check_ins" && may(account, "check_ins")) return <CheckInsPage />;
    if (name === "imports" && may(account, "imports")) return <ImportsPage />;
    if (name === "texts") return <div className="sheet-page"><Texts me={account} /></div>;
    if (name === "administration" && may(account, "administration")) return <Administration section={of ?? "start"} me={account} />;
    return null;
  }
}
