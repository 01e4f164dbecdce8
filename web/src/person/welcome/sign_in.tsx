import { useRef, useState, type FormEvent } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "../../base/button";
import { post } from "../../base/client";
import { Demo_log_ins } from "../../base/demo_log_ins";
import { Field, Problems } from "../../base/field";
import { as_problem } from "../../base/problem";
import { use_text } from "../../base/text";
import { go, href } from "../router";
import { signed_in } from "../session";
import { Shell } from "../shell/shell";
import "./welcome.css";

export default function Sign_in() {
  const t = use_text();
  const queries = useQueryClient();
  const [login, set_login] = useState("");
  const [password, set_password] = useState("");
  const [code, set_code] = useState<string>();
  const [wrong, set_wrong] = useState("");
  const [busy, set_busy] = useState(false);
  const code_field = useRef<HTMLDivElement>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(login, password);
  };

  const enter = async (login: string, password: string) => {
    set_busy(true);
    set_wrong("");
    try {
      const { account } = await post("/sign-in", { body: { login: login.trim(), password, ...(code ? { code } : {}) } });
      if (account.role !== "person" && account.role !== "supporter") {
        location.assign("/staff");
        return;
      }
      signed_in(queries, account);
      go("/talk", { replace: true });
    } catch (error) {
      const problem = as_problem(error);
      if (problem.is("second-factor") && code === undefined) {
        set_code("");
        setTimeout(() => code_field.current?.querySelector("input")?.focus(), 0);
      } else if (problem.no_network) set_wrong(t("sign_in.no_network"));
      else if (problem.status === 429) set_wrong(t("sign_in.too_many"));
      else set_wrong(problem.status === 401 ? t("sign_in.wrong") : problem.detail || t("sign_in.wrong"));
    } finally {
      set_busy(false);
    }
  };

  return (
    <Shell title={t("sign_in.title")} back="/welcome" no_tabs>
      <form className="stack form" onSubmit={submit} noValidate>
        <Problems of={wrong ? [{ id: "login", text: wrong }] : []} />
        <Field id="login" label={t("sign_in.login")} autoComplete="username" autoCapitalize="none" spellCheck={false} value={login} onChange={(event) => set_login(event.target.value)} />
        <Field label={t("sign_in.password")} type="password" autoComplete="current-password" value={password} onChange={(event) => set_password(event.target.value)} />
        {code !== undefined && (
          <div ref={code_field}>
            <Field label={t("sign_in.code")} inputMode="numeric" autoComplete="one-time-code" value={code} onChange={(event) => set_code(event.target.value)} />
          </div>
        )}
        <Button kind="primary" wide type="submit" busy={busy}>{t("sign_in.button")}</Button>
        <p><a href={href("/recovery")}>{t("sign_in.forgot")}</a></p>
        <p><a href={href("/welcome")}>{t("sign_in.new_here")}</a></p>
      </form>
      <Demo_log_ins
        of="people"
        busy={busy}
        onChoose={(chosen) => {
          set_login(chosen.login);
          set_password(chosen.password);
          void enter(chosen.login, chosen.password);
        }}
      />
    </Shell>
  );
}
