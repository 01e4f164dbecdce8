import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Answer, get, post } from "../../base/client";
import { as_problem } from "../../base/problem";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Failed, Loading } from "../../base/states";
import { go } from "../route";
import { type WordId, use_words } from "../words";
import { Frame } from "./frame";
import { SecondFactor } from "./second_factor";

/** The token stands behind # so that no server log ever holds it. */
export function Invitation() {
  const words = use_words();
  const queries = useQueryClient();
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  const invited = useQuery({ queryKey: ["invitation", token], queryFn: () => get("/invitations/{token}", { path: { token } }), retry: false, enabled: token !== "", staleTime: Infinity });
  const [name, set_name] = useState<string | null>(null);
  const [login, set_login] = useState("");
  const [password, set_password] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const [busy, set_busy] = useState(false);
  const [accepted, set_accepted] = useState<Answer<"POST", "/invitations/{token}"> | null>(null);

  if (accepted?.totp) return <SecondFactor given={accepted.totp} />;
  if (token === "" || invited.isError) {
    const told = invited.isError ? as_problem(invited.error) : null;
    return (
      <Frame title={words("invitation.title")}>
        <Failed title={told?.may_pass ? words("staff.no_answer") : words("invitation.ended")} safe={told?.may_pass ? words("staff.no_answer_detail") : words("invitation.ended_detail")} retry={told?.may_pass ? () => void invited.refetch() : undefined} />
      </Frame>
    );
  }
  if (!invited.data) return <Frame title={words("invitation.title")}><Loading what={words("invitation.loading")} /></Frame>;

  const display_name = name ?? invited.data.display_name ?? "";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!display_name.trim() || !login.trim() || !password) {
      set_problem(words("invitation.fill_all"));
      return;
    }
    set_busy(true);
    set_problem(null);
    try {
      const made = await post("/invitations/{token}", { path: { token }, body: { display_name: display_name.trim(), login: login.trim(), password } });
      history.replaceState(null, "", window.location.pathname);
      // The new account has no session yet; signing in gives one that may only set up the second factor.
      await post("/sign-in", { body: { login: login.trim(), password } });
      set_accepted(made);
      if (!made.totp) {
        await queries.resetQueries();
        go("/", { replace: true });
      }
    } catch (error) {
      const told = as_problem(error);
      set_problem(told.no_network ? words("staff.no_answer_detail") : told.detail || words("invitation.refused"));
    } finally {
      set_busy(false);
    }
  };

  return (
    <Frame title={words("invitation.title")} lead={words("invitation.lead", { role: words(`role.${invited.data.role}` as WordId) })}>
      <form onSubmit={(event) => void submit(event)} className="stack" noValidate>
        {problem && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        <Field label={words("invitation.name")} hint={words("invitation.name_hint")} value={display_name} onChange={set_name} autoComplete="name" required />
        <Field label={words("sign_in.login")} value={login} onChange={set_login} autoComplete="username" required />
        <Field label={words("sign_in.password")} hint={words("invitation.password_hint")} type="password" value={password} onChange={set_password} autoComplete="new-password" required />
        <Button type="submit" look="primary" size="l" isDisabled={busy}>
          {words("invitation.go")}
        </Button>
      </form>
    </Frame>
  );
}
