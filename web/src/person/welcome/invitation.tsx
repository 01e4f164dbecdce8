import { useState, type FormEvent } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "../../base/button";
import { get, post } from "../../base/client";
import { Field } from "../../base/field";
import { as_problem } from "../../base/problem";
import { Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { go } from "../router";
import { Shell } from "../shell/shell";

/** A person invited by their team chooses a name to sign in with. Staff invitations belong to the staff page. */
export default function Invitation({ token }: { token: string }) {
  const t = use_text();
  const invitation = useQuery({ queryKey: ["invitation", token], queryFn: ({ signal }) => get<{ purpose: string; role: string; display_name?: string | null }>(`/invitations/${token}`, { signal }) });
  const [name, set_name] = useState<string>();
  const [login, set_login] = useState("");
  const [password, set_password] = useState("");
  const [wrong, set_wrong] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password.length < 10) return set_wrong(t("account.too_short"));
    try {
      await post(`/invitations/${token}`, { display_name: name ?? invitation.data?.display_name ?? "", login: login.trim(), password });
      go("/sign-in", { replace: true });
    } catch (error) {
      set_wrong(as_problem(error).detail || t("consent.failed"));
    }
  };
  if (invitation.data && invitation.data.purpose !== "person") location.replace(`/staff/invitations/${token}`);
  return (
    <Shell title={t("invitation.title")} no_tabs>
      {invitation.isPending && <Loading what={t("privacy.loading")} />}
      {invitation.isError && <Failed title={t("invitation.ended")} safe={t("invitation.ended_safe")} error={invitation.error} />}
      {invitation.data && (
        <form className="stack form" onSubmit={(event) => void submit(event)} noValidate>
          <Field label={t("consent.name")} hint={t("consent.name_hint")} value={name ?? invitation.data.display_name ?? ""} onChange={(event) => set_name(event.target.value)} />
          <Field label={t("sign_in.login")} hint={t("consent.login_hint")} autoComplete="username" autoCapitalize="none" value={login} onChange={(event) => set_login(event.target.value)} />
          <Field label={t("sign_in.password")} hint={t("account.new_hint")} type="password" autoComplete="new-password" value={password} wrong={wrong || undefined} onChange={(event) => set_password(event.target.value)} />
          <Button kind="primary" wide type="submit">{t("consent.make_account")}</Button>
        </form>
      )}
    </Shell>
  );
}
