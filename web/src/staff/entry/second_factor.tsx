import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import type { SecondFactor as Key } from "../../api/generated";
import { post } from "../../base/client";
import { as_problem } from "../../base/problem";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Failed, Loading } from "../../base/states";
import { use_words } from "../words";
import { Frame } from "./frame";
import { Qr } from "./qr";

/** First-time set-up: scan or type the secret, confirm one code, keep the recovery codes. */
export function SecondFactor({ given }: { given?: Key }) {
  const words = use_words();
  const queries = useQueryClient();
  const [secret, set_secret] = useState<Key | null>(given ?? null);
  const [failed, set_failed] = useState(false);
  const [code, set_code] = useState("");
  const [codes, set_codes] = useState<string[] | null>(null);
  const [kept, set_kept] = useState(false);
  const [problem, set_problem] = useState<string | null>(null);
  const [busy, set_busy] = useState(false);

  const ask = () => {
    set_failed(false);
    post("/me/second-factor").then(set_secret, () => set_failed(true));
  };
  useEffect(() => {
    if (!given) ask();
    // The secret is asked for once; asking again would replace it.
  }, []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    set_busy(true);
    set_problem(null);
    try {
      const made = await post("/me/second-factor/confirm", { body: { code: code.replace(/\s/g, "") } });
      set_codes(made.recovery_codes);
    } catch (error) {
      set_problem(as_problem(error).no_network ? words("staff.no_answer_detail") : words("sign_in.wrong_code"));
    } finally {
      set_busy(false);
    }
  };

  if (codes) {
    return (
      <Frame title={words("second_factor.codes_title")} lead={words("second_factor.codes_lead")}>
        <ul className="recovery-codes">
          {codes.map((one) => (
            <li key={one}>
              <code>{one}</code>
            </li>
          ))}
        </ul>
        <label className="tick">
          <input type="checkbox" checked={kept} onChange={(event) => set_kept(event.target.checked)} />
          {words("second_factor.kept")}
        </label>
        <Button look="primary" size="l" isDisabled={!kept} onPress={() => void queries.resetQueries()}>
          {words("second_factor.go_on")}
        </Button>
      </Frame>
    );
  }
  return (
    <Frame title={words("second_factor.title")} lead={words("second_factor.lead")}>
      {failed && <Failed title={words("second_factor.failed")} retry={ask} />}
      {!secret && !failed && <Loading what={words("second_factor.loading")} />}
      {secret && (
        <form onSubmit={(event) => void submit(event)} className="stack" noValidate>
          <div className="qr">
            <Qr svg={secret.svg} label={words("second_factor.qr")} />
            <p className="small">
              {words("second_factor.by_hand")} <code className="secret">{secret.secret.replace(/(.{4})/g, "$1 ").trim()}</code>
            </p>
          </div>
          {problem && (
            <p className="form-problem" role="alert">
              {problem}
            </p>
          )}
          <Field label={words("sign_in.code")} hint={words("sign_in.code_hint")} value={code} onChange={set_code} inputMode="numeric" autoComplete="one-time-code" required />
          <Button type="submit" look="primary" size="l" isDisabled={busy || code.trim().length < 6}>
            {words("second_factor.confirm")}
          </Button>
        </form>
      )}
    </Frame>
  );
}
