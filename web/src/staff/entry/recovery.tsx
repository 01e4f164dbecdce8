import { type FormEvent, useState } from "react";
import { post } from "../../base/client";
import { as_problem } from "../../base/problem";
import { Button, Jump } from "../parts/button";
import { Field } from "../parts/field";
import { use_words } from "../words";
import { Frame } from "./frame";

/** A new password with one of the codes that were kept at set-up. */
export function Recovery() {
  const words = use_words();
  const [login, set_login] = useState("");
  const [recovery_code, set_recovery_code] = useState("");
  const [new_password, set_new_password] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const [state, set_state] = useState<"open" | "busy" | "done">("open");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!login.trim() || !recovery_code.trim() || !new_password) {
      set_problem(words("recovery.fill_all"));
      return;
    }
    set_state("busy");
    set_problem(null);
    try {
      await post("/recovery", { body: { login: login.trim(), recovery_code: recovery_code.trim(), new_password } });
      set_state("done");
    } catch (error) {
      const told = as_problem(error);
      set_problem(told.no_network ? words("staff.no_answer_detail") : told.status === 429 ? words("sign_in.too_many") : told.detail || words("recovery.wrong"));
      set_state("open");
    }
  };

  if (state === "done") {
    return (
      <Frame title={words("recovery.done_title")} lead={words("recovery.done")}>
        <Jump path="/" className="push push-primary push-l">
          {words("sign_in.title")}
        </Jump>
      </Frame>
    );
  }
  return (
    <Frame title={words("recovery.title")} lead={words("recovery.lead")}>
      <form onSubmit={(event) => void submit(event)} className="stack" noValidate>
        {problem && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        <Field label={words("sign_in.login")} value={login} onChange={set_login} autoComplete="username" required />
        <Field label={words("recovery.code")} hint={words("recovery.code_hint")} value={recovery_code} onChange={set_recovery_code} autoComplete="off" required />
        <Field label={words("recovery.new_password")} hint={words("invitation.password_hint")} type="password" value={new_password} onChange={set_new_password} autoComplete="new-password" required />
        <Button type="submit" look="primary" size="l" isDisabled={state === "busy"}>
          {words("recovery.go")}
        </Button>
        <Jump path="/">{words("recovery.back")}</Jump>
      </form>
    </Frame>
  );
}
