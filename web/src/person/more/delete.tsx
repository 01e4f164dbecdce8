import { useState, type FormEvent } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../base/button";
import { get, post, remove } from "../../base/client";
import { forget_all } from "../../base/device";
import { Field } from "../../base/field";
import { as_problem } from "../../base/problem";
import { use_service } from "../../base/service";
import { Failed, Loading } from "../../base/states";
import { use_text, use_when } from "../../base/text";
import { Shell } from "../shell/shell";
import { Said } from "../spoken";
import "./more.css";

export default function Delete() {
  const t = use_text();
  const when = use_when();
  const queries = useQueryClient();
  const service = use_service();
  const erasure = useQuery({ queryKey: ["erasure"], queryFn: ({ signal }) => get("/privacy/erase", { signal }) });
  const [sure, set_sure] = useState(false);
  const [password, set_password] = useState<string>();
  const [wrong, set_wrong] = useState("");
  const [busy, set_busy] = useState(false);

  const asked = Boolean(erasure.data?.asked_at);

  const ask = async (event?: FormEvent) => {
    event?.preventDefault();
    set_busy(true);
    set_wrong("");
    try {
      if (password !== undefined) await post("/me/re-authenticate", { body: { password } });
      const now = await post("/privacy/erase");
      queries.setQueryData(["erasure"], now);
      await forget_all();
      set_password(undefined);
    } catch (error) {
      const problem = as_problem(error);
      if (problem.is("reauthenticate") && password === undefined) set_password("");
      else set_wrong(problem.detail || t("delete.failed"));
    } finally {
      set_busy(false);
    }
  };
  const call_off = async () => {
    set_busy(true);
    try {
      await remove("/privacy/erase");
      await queries.invalidateQueries({ queryKey: ["erasure"] });
      set_sure(false);
    } catch (error) {
      set_wrong(as_problem(error).detail || t("delete.failed"));
    } finally {
      set_busy(false);
    }
  };

  return (
    <Shell title={t("delete.title")} back="/more/privacy">
      {erasure.isPending && <Loading what={t("privacy.loading")} />}
      {erasure.isError && <Failed error={erasure.error} retry={() => void erasure.refetch()} />}
      {erasure.data && asked && (
        <>
          <h2 className="voice">{t("delete.asked", { day: when.day(erasure.data.due_at ?? new Date()) })}</h2>
          <p>{t("delete.until_then")}</p>
          {erasure.data.kept.length > 0 && <Kept of={erasure.data.kept} />}
          {wrong && <p className="refused" role="alert">{wrong}</p>}
          <Button kind="primary" busy={busy} onClick={() => void call_off()}>{t("delete.call_off")}</Button>
        </>
      )}
      {erasure.data && !asked && (
        <>
          <h2 className="voice">{t("delete.question")}</h2>
          <ul className="plain-list">
            <li>{t("delete.what_goes")}</li>
            <li>{t("delete.seven_days")}</li>
            <li>{t("delete.what_stays")}</li>
            <li>{t("delete.backups", { days: service.data?.retention_days ?? 0 })}</li>
          </ul>
          <p className="second">{t("delete.copy_first")} <a href="/api/v1/privacy/download" download="">{t("privacy.copy")}</a></p>
          {wrong && <p className="refused" role="alert">{wrong}</p>}
          {!sure && <div><Button kind="danger" onClick={() => set_sure(true)}>{t("delete.start")}</Button></div>}
          {sure && (
            <form className="stack" onSubmit={(event) => void ask(event)}>
              <p><strong>{t("delete.sure")}</strong></p>
              {password !== undefined && <Field label={t("delete.password")} type="password" autoComplete="current-password" value={password} onChange={(event) => set_password(event.target.value)} />}
              <div className="row">
                <Button kind="danger" type="submit" busy={busy}>{t("delete.yes")}</Button>
                <Button kind="secondary" onClick={() => set_sure(false)}>{t("delete.no")}</Button>
              </div>
            </form>
          )}
        </>
      )}
    </Shell>
  );
}

function Kept({ of }: { of: string[] }) {
  const t = use_text();
  return (
    <div>
      <h3>{t("delete.stays")}</h3>
      <ul className="plain-list">{of.map((one) => <li key={one}><Said text={one} /></li>)}</ul>
    </div>
  );
}
