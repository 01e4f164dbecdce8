import { useState, type FormEvent } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useIntl } from "react-intl";
import type { AskSchedule, Asked } from "../../api/generated";
import { Button } from "../../base/button";
import { type Answer, type Body, get, put } from "../../base/client";
import { Field } from "../../base/field";
import { as_problem } from "../../base/problem";
import { Empty, Failed, Loading } from "../../base/states";
import { use_text, use_when } from "../../base/text";
import { days_in_short, name_of_day } from "../../base/week";
import { Choices } from "../parts";
import { href } from "../router";
import { Shell } from "../shell/shell";
import "./more.css";

type Reminders = Answer<"GET", "/reminders">;
type Change = Body<"PUT", "/reminders">;

/** What one is asked, when and why so often, and what goes to whoever agrees to letters. */
export default function Asking() {
  const t = use_text();
  const queries = useQueryClient();
  const asked = useQuery({ queryKey: ["asked"], queryFn: ({ signal }) => get("/asked", { signal }) });
  const reminders = useQuery({ queryKey: ["reminders"], queryFn: ({ signal }) => get("/reminders", { signal }) });
  const change = useMutation({
    mutationFn: ({ mail, time_zone }: Change) => put("/reminders", { body: { time_zone: time_zone || undefined, ...(mail ? { mail, agreed: true } : {}) } }),
    // Another clock moves what comes next.
    onSuccess: () => Promise.all(["asked", "reminders"].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
  const failed = asked.error ?? reminders.error;
  const zone = reminders.data?.time_zone;
  return (
    <Shell title={t("asking.title")} back="/more">
      <div>
        <h2 className="voice">{t("more.asking")}</h2>
        <p className="second">{t("asking.lead")}</p>
      </div>
      {(asked.isPending || reminders.isPending) && !failed && <Loading what={t("privacy.loading")} />}
      {failed && <Failed error={failed} retry={() => (void asked.refetch(), void reminders.refetch())} />}
      {asked.data && reminders.data && (
        <>
          {asked.data.items.length > 0 && <Waiting items={asked.data.items} />}
          {asked.data.schedules.length === 0 && <Empty title={t("asking.none")}><p>{t("asking.none_why")}</p></Empty>}
          {asked.data.schedules.length > 0 && (
            <section aria-labelledby="comes">
              <h2 id="comes">{t("asking.comes")}</h2>
              <ul className="looked">
                {asked.data.schedules.map((one) => <Time key={one.id} one={one} zone={zone ?? one.time_zone} />)}
              </ul>
            </section>
          )}
          <Clock zone={zone} team={asked.data.schedules[0]?.time_zone} busy={change.isPending} save={(time_zone) => change.mutate({ ...reminders.data, time_zone })} />
          <Letters given={reminders.data} change={change} />
        </>
      )}
    </Shell>
  );
}

const title_of = (t: ReturnType<typeof use_text>, one: { form: string; title?: string }) => one.title ?? (one.form === "daily" ? t("tab.check_in") : one.form);

function Waiting({ items }: { items: readonly Asked[] }) {
  const t = use_text();
  const when = use_when();
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t("asking.waiting")}</h2>
      <ul className="looked">
        {items.map((one) => (
          <li key={one.id}>
            <div className="grow">
              <a href={href(one.kind === "check_in" ? `/check-in${one.form === "daily" ? "" : `/${one.form}`}` : `/questions/${one.form}`)}><strong>{title_of(t, one)}</strong></a>
              <p className="second">{t("asking.until", { at: when.day_and_time(one.until) })}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Time({ one, zone }: { one: AskSchedule; zone: string }) {
  const t = use_text();
  const intl = useIntl();
  const days = (chosen: readonly string[] = []) => days_in_short(chosen, (day) => name_of_day(intl, day), t("asking.every_day"));
  // By the same clock as the times above it.
  const next = one.next_at && intl.formatDate(one.next_at, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
  return (
    <li>
      <div className="grow">
        <strong>{title_of(t, one)}</strong>
        {one.anchor_at && <p>{t("asking.once")}</p>}
        {one.times.map((time) => <p key={time.from + time.days}>{days(time.days)}: {time.to ? t("asking.moment", { from: time.from, to: time.to }) : time.from}</p>)}
        <p className="second">{next && t("asking.next", { at: next })} {!one.anchor_at && one.why}</p>
      </div>
    </li>
  );
}

function Clock({ zone = "", team, busy, save }: { zone?: string; team?: string; busy: boolean; save: (zone: string) => void }) {
  const t = use_text();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const all = [...new Set(["", here, zone])];
  return (
    <section className="section stack">
      <h2>{t("asking.clock")}</h2>
      {team && <p className="second">{t("asking.clock_lead")}</p>}
      <Choices legend={t("asking.clock")} quiet_legend value={zone} onChange={(chosen) => busy || save(chosen)}
        of={all.map((value) => ({ value, text: value === here ? t("asking.clock_here", { what: here }) : value || [t("asking.clock_team"), team].filter(Boolean).join(": ") }))} />
    </section>
  );
}

function Letters({ given, change }: { given: Reminders; change: { mutateAsync: (body: Change) => Promise<unknown>; isPending: boolean } }) {
  const t = use_text();
  const [mail, set_mail] = useState("");
  const [wrong, set_wrong] = useState("");
  const [done, set_done] = useState("");
  const save = (to: string, said: string) => {
    set_wrong("");
    change.mutateAsync({ ...given, mail: to }).then(
      () => (set_mail(""), set_done(said)),
      (error) => set_wrong(as_problem(error).status === 422 ? t("asking.address_wrong") : t("contact.not_saved")),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (/\S@\S/.test(mail)) save(mail.trim(), "");
    else set_wrong(t("asking.address_wrong"));
  };
  return (
    <section className="section stack">
      <h2>{t("asking.letters")}</h2>
      {given.letters ? (
        <>
          <p>{t("asking.letters_lead")}</p>
          <ul className="plain-list">
            <li>{t("asking.says")}</li>
            <li>{t("asking.link")}</li>
            {given.quiet_from && <li>{t("asking.quiet", { from: given.quiet_from, to: given.quiet_to })}</li>}
          </ul>
        </>
      ) : <p>{t("asking.no_letters")}</p>}
      {given.mail ? (
        <>
          <p><strong className="own">{given.letters ? t("asking.on", { what: given.mail }) : given.mail}</strong></p>
          {wrong && <p className="refused" role="alert">{wrong}</p>}
          <div><Button kind="secondary" busy={change.isPending} onClick={() => save("", t("asking.off_done"))}>{t("asking.off")}</Button></div>
        </>
      ) : given.letters && (
        <form className="stack form" onSubmit={submit} noValidate>
          <Field label={t("asking.address")} hint={t("asking.agree_means")} type="email" autoComplete="email" maxLength={254} value={mail} wrong={wrong || undefined} onChange={(event) => set_mail(event.target.value)} />
          <div><Button kind="primary" type="submit" busy={change.isPending}>{t("asking.agree")}</Button></div>
        </form>
      )}
      <p role="status">{given.mail ? "" : done}</p>
    </section>
  );
}
