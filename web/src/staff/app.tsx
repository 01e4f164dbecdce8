import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect } from "react";
import { I18nProvider } from "react-aria-components";
import { on_signed_out } from "../base/client";
import { use_event } from "../base/events";
import { as_problem } from "../base/problem";
import { make_queries } from "../base/queries";
import { Failed, Loading } from "../base/states";
import { Texts } from "../base/text";
import base from "../messages/en.base.json";
import staff from "../messages/en.staff.json";
import { Invitation } from "./entry/invitation";
import { Recovery } from "./entry/recovery";
import { SecondFactor } from "./entry/second_factor";
import { SignIn } from "./entry/sign_in";
import { Keys } from "./keys/keys";
import { Tellings } from "./parts/toast";
import { use_place } from "./route";
import { use_me } from "./server";
import { Shell } from "./shell/shell";
import { use_words } from "./words";

const queries = make_queries();
const messages = { ...base, ...staff };

export function App() {
  return (
    <Texts locale="en-IE" messages={messages}>
      <I18nProvider locale="en-IE">
        <QueryClientProvider client={queries}>
          <Keys>
            <Tellings>
              <Door />
            </Tellings>
          </Keys>
        </QueryClientProvider>
      </I18nProvider>
    </Texts>
  );
}

/** Who may come in: staff with a second factor; everybody else signs in first. */
function Door() {
  const words = use_words();
  const [where] = use_place();
  const me = use_me();

  useEffect(() => on_signed_out(() => queries.getQueryData(["me"]) && queries.setQueryData(["me"], null)), []);
  use_event((event) => {
    if (event.kind === "signed_out") {
      queries.clear();
      void queries.refetchQueries({ queryKey: ["me"] });
    }
  });

  if (where === "invitation") return <Invitation />;
  if (where === "recovery") return <Recovery />;
  if (me.isPending) return <main className="lone"><h1 className="unseen">{words("shell.name")}</h1><Loading what={words("staff.opening")} /></main>;
  if (me.isError && as_problem(me.error).is("second-factor-set-up")) return <SecondFactor />;
  if (me.isError) {
    return (
      <main className="lone">
        <h1 className="unseen">{words("shell.name")}</h1>
        <Failed title={words("staff.no_answer")} safe={words("staff.no_answer_detail")} retry={() => void me.refetch()} />
      </main>
    );
  }
  if (!me.data || !["clinician", "lead", "administrator"].includes(me.data.role)) return <SignIn wrong_role={Boolean(me.data)} />;
  if (!me.data.second_factor) return <SecondFactor />;
  return <Shell me={me.data} />;
}
