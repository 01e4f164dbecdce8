import type { Account } from "../nouns";
import { Jump } from "../parts/button";
import { to } from "../route";
import { use_words } from "../words";
import { CheckInsPage } from "../check_ins/check_ins_page";
import { ImportsPage } from "../imports/imports_page";
import { RotaPage } from "../rota/rota_page";
import { Accounts } from "./accounts";
import { Audit } from "./audit";
import { CrisisLines } from "./crisis_lines";
import { use_state } from "./desk";
import { FirstStart } from "./first_start";
import { Invitations } from "./invitations";
import { LocalHelpPage } from "./local_help";
import { Replies } from "./replies";
import { Running } from "./running/running";
import { SettingsForm } from "./settings_form";
import { SystemState } from "./system_state";
import { Teams } from "./teams";
import { Texts } from "./texts";

const sections = ["start", "accounts", "invitations", "teams", "rota", "check_ins", "imports", "lines", "local", "texts", "replies", "settings", "audit", "running", "state"] as const;
type Section = (typeof sections)[number];

/** The house, not its people: who may come in, what is shown, what is recorded. */
export function Administration({ section, me }: { section: string; me: Account }) {
  const words = use_words();
  const state = use_state();
  const open = state.data?.first_start.filter((step) => !step.done).length ?? 0;
  const here = sections.includes(section as Section) ? (section as Section) : "start";
  return (
    <div className="administration">
      <nav className="sections" aria-label={words("shell.administration")}>
        <ul>
          {sections.map((one) => (
            <li key={one}>
              <Jump path={to.section(one)} className="side-item" current={one === here}>
                <span className="side-word">{words(`admin.${one}`)}</span>
                {one === "start" && open > 0 && (
                  <span className="side-count">
                    {open}
                    <span className="unseen"> {words("admin.still_open")}</span>
                  </span>
                )}
              </Jump>
            </li>
          ))}
        </ul>
      </nav>
      <div className="section-page">
        {here === "start" && <FirstStart />}
        {here === "accounts" && <Accounts me={me} />}
        {here === "invitations" && <Invitations />}
        {here === "teams" && <Teams />}
        {here === "rota" && <RotaPage />}
        {here === "check_ins" && <CheckInsPage />}
        {here === "imports" && <ImportsPage />}
        {here === "lines" && <CrisisLines me={me} />}
        {here === "local" && <LocalHelpPage />}
        {here === "texts" && <Texts me={me} />}
        {here === "replies" && <Replies />}
        {here === "settings" && <SettingsForm />}
        {here === "audit" && <Audit />}
        {here === "running" && <Running />}
        {here === "state" && <SystemState />}
      </div>
    </div>
  );
}
