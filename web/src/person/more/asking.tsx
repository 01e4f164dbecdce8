import { useState, type FormEvent } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useIntl } from "react-intl";
import type { AskSchedule, Asked } from "../../api/generated";
import { Button } from "../../base/button";
import { type Answer, type Body, get, put } from "../../base/client";
import { Field } from "../../base/field";
import { notify, reach } from "../../base/notify";
import { as_problem } from "../../base/problem";
import { Empty, Failed, Loading } from "../../base/states";
import { use_text, use_when } from "../../base/text";
import { days_in_short, name_of_day } from "../../base/week";
import { Choices } from "../parts";
import { href } from "../router";
import { Shell } from "../shell/shell";
import { Pause } from "./asking_pause";
import "./more.css";

type Reminders = Answer<"GET", "/reminders">;
type Change = Body<"PUT", "/reminders">;

/** What one is asked, when and why so often, and what goes to whoever agrees to be reminded. */
export default function Asking() {
  const t = use_text();
  const queries = useQueryClient();
  const asked = useQuery({ queryKey: ["asked"], queryFn: ({ signal }) => get("/asked", { signal }) });
  const reminders = useQuery({ queryKey: ["reminders"], queryFn: ({ signal }) => get("/reminders", { signal }) });
  const change = useMutation({
    mutationFn: ({ mail, phone, time_zone, whatsapp }: Change) => put("/reminders", { body: { time_zone: time_zone || undefined, mail: mail || undefined, phone: phone || undefined, whatsapp, agreed: true } }),
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
                {asked.data.schedules.map((one) => <Time key={one.id} one={one} paused_until={asked.data.pause?.until ?? ""} zone={zone ?? one.time_zone} />)}
              </ul>
            </section>
          )}
          {(asked.data.schedules.length > 0 || asked.data.pause) && <Pause pause={asked.data.pause} longest={asked.data.longest_pause_days} />}
          <Clock zone={zone} team={asked.data.schedules[0]?.time_zone} busy={change.isPending} save={(time_zone) => change.mutate({ ...reminders.data, time_zone })} />
          <Here />
          {reminders.data.whatsapp_can !== "no" && <By_whatsapp given={reminders.data} busy={change.isPending} save={(whatsapp) => change.mutateAsync({ ...reminders.data, whatsapp })} />}
          {(reminders.data.texts || reminders.data.phone) && <Way of="phone" can={reminders.data.texts} given={reminders.data} change={change} />}
          <Way of="mail" can={reminders.data.letters} given={reminders.data} change={change} />
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

function Time({ one, zone, paused_until }: { one: AskSchedule; zone: string; paused_until: string }) {
  const t = use_text();
  const intl = useIntl();
  const days = (chosen: readonly string[] = []) => days_in_short(chosen, (day) => name_of_day(intl, day), t("asking.every_day"));
  // By the same clock as the times above it.
  const next = one.next_at && one.next_at >= paused_until && intl.formatDate(one.next_at, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
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

const ways = {
  mail: { type: "email", complete: "email", title: "asking.letters", lead: "asking.letters_lead", says: "asking.says", label: "asking.address", wrong: "asking.address_wrong", means: "asking.agree_means", agree: "asking.agree", on: "asking.on", off: "asking.off", off_done: "asking.off_done", fits: /\S@\S/ },
  phone: { type: "tel", complete: "tel", title: "asking.texts", lead: "asking.texts_lead", says: "asking.says", label: "asking.number", wrong: "asking.number_wrong", means: "asking.texts_means", agree: "asking.texts_agree", on: "asking.texts_on", off: "asking.texts_off", off_done: "asking.texts_off_done", fits: /\d{5}/ },
} as const;

/** Letters or texts: to whoever agrees, at an address of their own. */
function Way({ of, can, given, change }: { of: keyof typeof ways; can: boolean; given: Reminders; change: { mutateAsync: (body: Change) => Promise<unknown>; isPending: boolean } }) {
  const t = use_text();
  const way = ways[of];
  const now = given[of];
  const [typed, set_typed] = useState("");
  const [wrong, set_wrong] = useState("");
  const [done, set_done] = useState("");
  const save = (to: string, said: string) => {
    set_wrong("");
    change.mutateAsync({ ...given, [of]: to }).then(
      () => (set_typed(""), set_done(said)),
      (error) => set_wrong(as_problem(error).status === 422 ? t(way.wrong) : t("contact.not_saved")),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (way.fits.test(typed)) save(typed.trim(), "");
    else set_wrong(t(way.wrong));
  };
  return (
    <section className="section stack">
      <h2>{t(way.title)}</h2>
      {can ? (
        <>
          <p>{t(way.lead)}</p>
          <ul className="plain-list">
            <li>{t(way.says)}</li>
            <li>{t("asking.link")}</li>
            {given.quiet_from && <li>{t("asking.quiet", { from: given.quiet_from, to: given.quiet_to })}</li>}
          </ul>
        </>
      ) : of === "mail" && <p>{t("asking.no_letters")}</p>}
      {now ? (
        <>
          <p><strong className="own">{can ? t(way.on, { what: now }) : now}</strong></p>
          {wrong && <p className="refused" role="alert">{wrong}</p>}
          <div><Button kind="secondary" busy={change.isPending} onClick={() => save("", t(way.off_done))}>{t(way.off)}</Button></div>
        </>
      ) : can && (
        <form className="stack form" onSubmit={submit} noValidate>
          <Field label={t(way.label)} hint={t(way.means)} type={way.type} autoComplete={way.complete} maxLength={254} value={typed} wrong={wrong || undefined} onChange={(event) => set_typed(event.target.value)} />
          <div><Button kind="primary" type="submit" busy={change.isPending}>{t(way.agree)}</Button></div>
        </form>
      )}
      <p role="status">{now ? "" : done}</p>
    </section>
  );
}

/** At the number that is joined to the account, for whoever agrees. */
function By_whatsapp({ given: { whatsapp, whatsapp_can: can }, busy, save }: { given: Reminders; busy: boolean; save: (whatsapp: boolean) => Promise<unknown> }) {
  const t = use_text();
  const [failed, set_failed] = useState(false);
  const choose = () => (set_failed(false), save(!whatsapp).catch(() => set_failed(true)));
  return (
    <section className="section stack">
      <h2>WhatsApp</h2>
      <p>{t("asking.whatsapp_lead")}</p>
      {can === "no_number" ? (
        <p><a href={href("/more/whatsapp")}>{t("whatsapp.join")}</a></p>
      ) : (
        <>
          <p>{t(can === "day" ? "asking.whatsapp_day" : "asking.whatsapp_always")}</p>
          <p role="status">{whatsapp && t("asking.whatsapp_on")}</p>
          {failed && <p className="refused" role="alert">{t("contact.not_saved")}</p>}
          <div><Button kind={whatsapp ? "secondary" : "primary"} busy={busy} onClick={choose}>{t(whatsapp ? "asking.whatsapp_no" : "asking.whatsapp_yes")}</Button></div>
        </>
      )}
    </section>
  );
}

/** Notifications on this device: the browser is asked when the button is pressed, and not before. */
function Here() {
  const t = use_text();
  const queries = useQueryClient();
  const known = useQuery({ queryKey: ["reach"], queryFn: reach });
  const change = useMutation({ mutationFn: notify, onSettled: () => queries.invalidateQueries({ queryKey: ["reach"] }) });
  if (!known.data?.push_key) return null;
  const { here, push_key } = known.data;
  return (
    <section className="section stack">
      <h2>{t("asking.here")}</h2>
      <p>{t("asking.here_lead")}</p>
      {here !== "off" && <p role="status">{t(`asking.here_${here}`)}</p>}
      {change.error && <p className="refused" role="alert">{t("contact.not_saved")}</p>}
      {here === "on" && <div><Button kind="secondary" busy={change.isPending} onClick={() => change.mutate(undefined)}>{t("asking.here_no")}</Button></div>}
      {here === "off" && <div><Button kind="primary" busy={change.isPending} onClick={() => change.mutate(push_key)}>{t("asking.here_yes")}</Button></div>}
    </section>
  );
}
