import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { post } from "../../base/client";
import { as_problem } from "../../base/problem";
import { Button, Jump } from "../parts/button";
import { Field } from "../parts/field";
import { Demo_log_ins } from "../../base/demo_log_ins";
import { use_words, type WordId } from "../words";
import { Frame } from "./frame";
import { SecondFactor } from "./second_factor";

/** Name and password first, then the six figures of the second factor. */
export function SignIn({ wrong_role }: { wrong_role: boolean }) {
  const words = use_words();
  const queries = useQueryClient();
  const [login, set_login] = useState("");
  const [password, set_password] = useState("");
  const [code, set_code] = useState("");
  const [step, set_step] = useState<"password" | "code" | "set_up">("password");
  const [problem, set_problem] = useState<string | null>(wrong_role ? words("sign_in.wrong_role") : null);
  const [busy, set_busy] = useState(false);
  const code_field = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (step === "code") code_field.current?.querySelector("input")?.focus();
  }, [step]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(login, password, step === "code" ? code : undefined);
  };

  const enter = async (login: string, password: string, code?: string, wrong_code = words("sign_in.wrong_code")) => {
    if (!login.trim() || !password) {
      set_problem(words("sign_in.fill_both"));
      return;
    }
    set_busy(true);
    set_problem(null);
    try {
      const made = await post("/sign-in", { body: { login: login.trim(), password, ...(code === undefined ? {} : { code: code.replace(/\s/g, "") }) } });
      if (made?.second_factor_set_up) set_step("set_up");
      else await queries.resetQueries();
    } catch (error) {
      const told = as_problem(error);
      if (told.is("second-factor") && code === undefined) set_step("code");
      else if (told.no_network) set_problem(words("staff.no_answer_detail"));
      else if (told.status === 429) set_problem(words("sign_in.too_many"));
      else set_problem(code === undefined ? words("sign_in.wrong") : wrong_code);
    } finally {
      set_busy(false);
    }
  };

  if (step === "set_up") return <SecondFactor />;
  return (
    <Frame title={step === "password" ? words("sign_in.title") : words("sign_in.code_title")} lead={step === "code" ? words("sign_in.code_lead") : undefined}>
      <form onSubmit={submit} className="stack" noValidate>
        {problem && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        {step === "password" ? (
          <>
            <Field label={words("sign_in.login")} value={login} onChange={set_login} autoComplete="username" required />
            <Field label={words("sign_in.password")} type="password" value={password} onChange={set_password} autoComplete="current-password" required />
          </>
        ) : (
          <div ref={code_field}>
            <Field label={words("sign_in.code")} hint={words("sign_in.code_hint")} value={code} onChange={set_code} inputMode="numeric" autoComplete="one-time-code" required />
          </div>
        )}
        <Button type="submit" look="primary" size="l" isDisabled={busy}>
          {busy ? words("sign_in.checking") : step === "password" ? words("sign_in.go") : words("sign_in.confirm")}
        </Button>
        <div className="row-between">
          {step === "code" ? (
            <Button look="quiet" size="s" onPress={() => set_step("password")}>
              {words("sign_in.back")}
            </Button>
          ) : (
            <span />
          )}
          <Jump path="/recovery">{words("sign_in.lost")}</Jump>
        </div>
      </form>
      <Demo_log_ins
        of="staff"
        busy={busy}
        role_name={(role) => words(`role.${role}` as WordId)}
        onChoose={({ login, password, code }) => {
          set_login(login);
          set_password(password);
          void enter(login, password, code, words("demo.wait_for_code"));
        }}
      />
      <p className="faint small">{words.with("sign_in.not_staff", { link: (chunks) => <a key="person" href="/">{chunks}</a> })}</p>
    </Frame>
  );
}
