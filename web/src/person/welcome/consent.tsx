import { useEffect, useState, type FormEvent } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../base/button";
import { post } from "../../base/client";
import { Field } from "../../base/field";
import { use_language } from "../../base/language";
import { as_problem } from "../../base/problem";
import { use_service } from "../../base/service";
import { Failed, Notice } from "../../base/states";
import { use_text } from "../../base/text";
import { Yes_no } from "../parts";
import { go } from "../router";
import { signed_in } from "../session";
import { Shell } from "../shell/shell";
import { choose, forget_choices, purposes, use_chosen, type Age_band, type Chosen } from "./choices";
import "./welcome.css";

/** Step 3: each purpose on its own, none ticked; then with or without an account. */
export default function Consent() {
  const t = use_text();
  const service = use_service();
  const queries = useQueryClient();
  const chosen = use_chosen();
  const { language } = use_language();
  const [name, set_name] = useState("");
  const [with_account, set_with_account] = useState(false);
  const [login, set_login] = useState("");
  const [password, set_password] = useState("");
  const [wrong, set_wrong] = useState<{ login?: string; password?: string; form?: string }>({});
  const [codes, set_codes] = useState<string[]>();

  const sign_up = useMutation({
    mutationFn: () =>
      post("/sign-up", {
        body: {
          ...(name.trim() ? { display_name: name.trim() } : {}),
          ...(with_account ? { login: login.trim(), password } : {}),
          age_band: chosen.age_band as Age_band,
          country: chosen.country ?? "ZZ",
          language,
          consents: Object.fromEntries(purposes.map((purpose) => [purpose, chosen[purpose] === true])),
        },
      }),
    onSuccess: (made) => {
      forget_choices();
      if (made.recovery_codes?.length) set_codes(made.recovery_codes);
      else go("/talk", { replace: true });
      signed_in(queries, made.account);
    },
    onError: (error) => {
      const problem = as_problem(error);
      const at = problem.errors[0]?.where;
      set_wrong(at === "/login" ? { login: problem.detail || t("consent.login_wrong") } : at === "/password" ? { password: problem.detail || t("account.too_short") } : { form: problem.no_network || !problem.detail ? t("consent.failed") : problem.detail });
    },
  });

  // Steps 2 and 3 belong together; a reload in between starts where the answers are missing.
  useEffect(() => {
    if (!chosen.age_band || !chosen.country) go("/welcome/choices", { replace: true });
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found: typeof wrong = {};
    if (with_account && login.trim().length < 3) found.login = t("consent.login_wrong");
    if (with_account && password.length < 10) found.password = t("account.too_short");
    set_wrong(found);
    if (Object.keys(found).length === 0) sign_up.mutate();
  };

  if (codes) return <Recovery_codes codes={codes} />;

  return (
    <Shell title={service.data?.name ?? t("app.name")} back="/welcome/choices" no_tabs
      foot={
        <div className="foot-action">
          {wrong.form && <p className="refused" role="alert">{wrong.form}</p>}
          <Button kind="primary" wide type="submit" form="consent" busy={sign_up.isPending}>{t(with_account ? "consent.make_account" : "consent.start")}</Button>
        </div>
      }
    >
      <div>
        <p className="second step-count">{t("welcome.step", { n: 3 })}</p>
        <h2 className="voice welcome-title">{t("consent.title")}</h2>
        <p className="second">{t("consent.lead")}</p>
      </div>
      {sign_up.isError && as_problem(sign_up.error).no_network && <Failed title={t("consent.failed")} safe={t("consent.failed_safe")} />}
      <form id="consent" className="stack" onSubmit={submit} noValidate>
        {purposes.map((purpose) => <Purpose_choice key={purpose} purpose={purpose} value={chosen[purpose]} />)}
        {service.data && <p className="second small">{t("consent.kept_for", { days: service.data.retention_days })}</p>}
        <fieldset className="section stack form">
          <legend><h3>{t("consent.account")}</h3></legend>
          <p className="second">{t("consent.account_lead")}</p>
          <Field label={t("consent.name")} hint={t("consent.name_hint")} autoComplete="nickname" value={name} maxLength={60} onChange={(event) => set_name(event.target.value)} />
          <Yes_no on={with_account} onChange={set_with_account}>{t("consent.with_account")}<span className="second small why">{t("consent.with_account_why")}</span></Yes_no>
          {with_account && (
            <>
              <Field label={t("sign_in.login")} hint={t("consent.login_hint")} autoComplete="username" autoCapitalize="none" spellCheck={false} value={login} wrong={wrong.login} onChange={(event) => set_login(event.target.value)} />
              <Field label={t("sign_in.password")} hint={t("account.new_hint")} type="password" autoComplete="new-password" value={password} wrong={wrong.password} onChange={(event) => set_password(event.target.value)} />
            </>
          )}
        </fieldset>
        <p className="second small">{t("consent.leave_first")}</p>
      </form>
    </Shell>
  );
}

function Purpose_choice({ purpose, value }: { purpose: (typeof purposes)[number]; value: Chosen[typeof purpose] }) {
  const t = use_text();
  const models = use_service().data?.language_models ?? [];
  const named = purpose === "language_model" && models.length > 0;
  return (
    <div className="purpose">
      <Yes_no on={value === true} onChange={(yes) => choose({ [purpose]: yes })}>
        <strong>{t(`consent.${purpose}`)}</strong>
      </Yes_no>
      <p className="second">{named ? t("consent.language_model_who", { name: models.join("; ") }) : t(`consent.${purpose}_what`)}</p>
    </div>
  );
}

function Recovery_codes({ codes }: { codes: readonly string[] }) {
  const t = use_text();
  return (
    <Shell title={t("app.name")} no_tabs foot={<div className="foot-action"><Button kind="primary" wide onClick={() => go("/talk", { replace: true })}>{t("consent.codes_kept")}</Button></div>}>
      <h2 className="voice">{t("consent.codes")}</h2>
      <p>{t("consent.codes_what")}</p>
      <ul className="codes">{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <Notice><p>{t("consent.codes_shared")}</p></Notice>
    </Shell>
  );
}
