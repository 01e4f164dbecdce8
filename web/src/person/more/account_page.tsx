import { useState, type FormEvent } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../base/button";
import { get, post, remove } from "../../base/client";
import { Field } from "../../base/field";
import { as_problem } from "../../base/problem";
import { device_name } from "../../base/device_name";
import { Failed, Loading } from "../../base/states";
import { use_text, use_when } from "../../base/text";
import { use_account } from "../account";
import { Shell } from "../shell/shell";
import "./more.css";

export default function Account_page() {
  const t = use_text();
  const account = use_account();
  return (
    <Shell title={t("account.title")} back="/more">
      <h2 className="voice">{t("more.account")}</h2>
      {account.data && !account.data.login && <p>{t("account.no_login")}</p>}
      {account.data?.login && <Password />}
      <Sessions />
    </Shell>
  );
}

function Password() {
  const t = use_text();
  const [old, set_old] = useState("");
  const [fresh, set_fresh] = useState("");
  const [wrong, set_wrong] = useState<{ old?: string; fresh?: string }>({});
  const [saved, set_saved] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    set_saved(false);
    if (fresh.length < 10) return set_wrong({ fresh: t("account.too_short") });
    set_wrong({});
    try {
      await post("/me/password", { body: { old, new: fresh } });
      set_old("");
      set_fresh("");
      set_saved(true);
    } catch (error) {
      const problem = as_problem(error);
      set_wrong({ old: problem.detail || t("account.not_changed") });
    }
  };
  return (
    <form className="stack form" onSubmit={(event) => void save(event)} noValidate>
      <h2>{t("account.password")}</h2>
      <Field label={t("account.old")} type="password" autoComplete="current-password" value={old} wrong={wrong.old} onChange={(event) => set_old(event.target.value)} />
      <Field label={t("account.new")} hint={t("account.new_hint")} type="password" autoComplete="new-password" value={fresh} wrong={wrong.fresh} onChange={(event) => set_fresh(event.target.value)} />
      <div><Button kind="secondary" type="submit">{t("account.change")}</Button></div>
      <p role="status">{saved ? t("word.saved") : ""}</p>
    </form>
  );
}

function Sessions() {
  const t = use_text();
  const when = use_when();
  const named = (device: string) => device_name(device, (browser, system) => t("account.device", { browser, system }));
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ["sessions"], queryFn: ({ signal }) => get("/me/sessions", { signal }) });
  const end = useMutation({ mutationFn: (id: string) => remove("/me/sessions/{session}", { path: { session: id } }), onSuccess: () => queries.invalidateQueries({ queryKey: ["sessions"] }) });
  return (
    <section className="section" aria-labelledby="sessions">
      <h2 id="sessions">{t("account.sessions")}</h2>
      <p className="second">{t("account.sessions_lead")}</p>
      {list.isPending && <Loading what={t("privacy.loading")} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {end.isError && <Failed error={end.error} />}
      <ul className="looked">
        {list.data?.items.map((one) => (
          <li key={one.id}>
            <div className="grow">
              <strong>{named(one.device)}</strong>
              <p className="second">{one.current ? t("account.this_one") : t("account.last_seen", { at: when.day_and_time(one.seen_at) })}</p>
            </div>
            {!one.current && <Button kind="quiet" aria-label={t("account.end_named", { device: named(one.device) })} onClick={() => end.mutate(one.id)}>{t("account.end")}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
