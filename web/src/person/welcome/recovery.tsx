import { useState, type FormEvent } from "react";
import { Button } from "../../base/button";
import { post } from "../../base/client";
import { Field, Problems } from "../../base/field";
import { as_problem } from "../../base/problem";
import { use_text } from "../../base/text";
import { go } from "../router";
import { Shell } from "../shell/shell";

export default function Recovery() {
  const t = use_text();
  const [login, set_login] = useState("");
  const [code, set_code] = useState("");
  const [password, set_password] = useState("");
  const [wrong, set_wrong] = useState<{ id: string; text: string }[]>([]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password.length < 10) return set_wrong([{ id: "new-password", text: t("account.too_short") }]);
    set_wrong([]);
    try {
      await post("/recovery", { body: { login: login.trim(), recovery_code: code.trim(), new_password: password } });
      go("/sign-in", { replace: true });
    } catch (error) {
      set_wrong([{ id: "recovery-login", text: as_problem(error).detail || t("recovery.wrong") }]);
    }
  };
  return (
    <Shell title={t("recovery.title")} back="/sign-in" no_tabs>
      <p>{t("recovery.lead")}</p>
      <form className="stack form" onSubmit={(event) => void submit(event)} noValidate>
        <Problems of={wrong} />
        <Field id="recovery-login" label={t("sign_in.login")} autoComplete="username" autoCapitalize="none" value={login} onChange={(event) => set_login(event.target.value)} />
        <Field label={t("recovery.code")} autoComplete="off" value={code} onChange={(event) => set_code(event.target.value)} />
        <Field id="new-password" label={t("account.new")} hint={t("account.new_hint")} type="password" autoComplete="new-password" value={password} onChange={(event) => set_password(event.target.value)} />
        <Button kind="primary" wide type="submit">{t("recovery.button")}</Button>
      </form>
    </Shell>
  );
}
