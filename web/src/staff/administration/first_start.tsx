import { useState } from "react";
import { Failed, Loading } from "../../base/states";
import { Button, Jump } from "../parts/button";
import { to } from "../route";
import { use_words } from "../words";
import { use_accounts, use_settings, use_state, use_test_page } from "./desk";
import { Head } from "./head";
import { use_told } from "./told";

/* Where each open point is mended. Points that the server names and this page does not know still stand in the list. */
const places: { [id: string]: string } = { crisis_lines: "lines", lines: "lines", texts: "texts", safety_texts: "texts", people: "settings", safety_officer: "settings", responders: "settings", hours: "settings", staffed_hours: "settings", out_of_hours_number: "settings", lead: "accounts", team_members: "teams", account: "accounts", accounts: "accounts" };

/** What is still open before people may sign up. */
export function FirstStart() {
  const words = use_words();
  const state = use_state();
  if (state.isPending) return <Loading what={words("admin.loading")} />;
  if (!state.data) return <Failed title={words("admin.failed")} error={state.error} retry={() => void state.refetch()} />;
  const steps = state.data.first_start;
  const here = steps.findIndex((step) => !step.done);
  return (
    <>
      <Head title={words("admin.start")} lead={words(here < 0 ? "start.is_open" : state.data.open ? "start.open_early" : "start.lead")} />
      <ol className="steps start-steps">
        {steps.map((step, i) => (
          <li key={step.id} className={step.done ? "step done" : i === here ? "step here" : "step"} aria-current={i === here ? "step" : undefined}>
            <span className="step-number">{step.done ? <span aria-label={words("steps.done")}>✓</span> : i + 1}</span>
            <div className="step-head">
              <h2>{step.title}</h2>
              {places[step.id] && (
                <Jump path={to.section(places[step.id] ?? "start")} className={step.done ? "push push-s push-edge" : i === here ? "push push-s push-primary" : "push push-s push-secondary"}>
                  {words(step.done ? "start.look" : "start.do")}
                </Jump>
              )}
            </div>
            {step.detail && <p className="second step-detail">{step.detail}</p>}
            {/test/.test(step.id) && <TestPages />}
          </li>
        ))}
      </ol>
    </>
  );
}

/** A test page to each responder: the alert path is proven only when a human has answered. */
function TestPages() {
  const words = use_words();
  const told = use_told();
  const settings = use_settings();
  const accounts = use_accounts();
  const test = use_test_page();
  const [sent, set_sent] = useState<readonly string[]>([]);
  const responders = (settings.data?.responders ?? []).map((id) => accounts.data?.items.find((account) => account.id === id)).filter((account) => account !== undefined);
  const page_of = (id: string) => settings.data?.test_pages?.filter((page) => page.account === id).at(-1);
  if (responders.length === 0) return <p className="second small">{words("start.no_responders")}</p>;
  return (
    <ul className="test-pages">
      {responders.map((account) => (
        <li key={account.id}>
          <span>{account.display_name}</span>
          {page_of(account.id)?.acknowledged ? <span className="second small">{words("start.answered")}</span> : (sent.includes(account.id) || page_of(account.id)) && <span className="second small">{words("start.sent")}</span>}
          <Button size="s" onPress={() => test.mutate({ account: account.id }, told(words("start.test_sent", { name: account.display_name }), () => set_sent((before) => [...before, account.id])))} isDisabled={test.isPending}>
            {words("start.test")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
