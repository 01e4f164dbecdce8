import { useEffect, useState } from "react";
import { Urgency_mark } from "../../base/marks";
import { Failed, Loading } from "../../base/states";
import { about_person, type Account, type Card, type PersonAlert, type Row } from "../nouns";
import { first_name } from "../parts/first_name";
import { Button, Jump } from "../parts/button";
import { use_plan_sheet } from "../parts/card";
import { LookedAt } from "../parts/looked";
import { Marked } from "../parts/marked";
import { RuleLine } from "../parts/rule_line";
import { use_who } from "../parts/who";
import { to } from "../route";
import { use_alert } from "../server";
import { use_now, use_when } from "../when";
import { use_words } from "../words";
import type { TakeOver } from "./take_over";
import { Wrote } from "../alert/happened";

interface Props {
  row: Row | null;
  me: Account;
  acknowledge: (() => void) | null;
  acknowledging: boolean;
  take_over: TakeOver;
  open(): void;
}

const settles = 250; // ms: walking the list with J and K must not open every record on the way

/** The chosen person beside the list: the words, what was told, what one may need, and what to do. */
export function Chosen({ row, me, acknowledge, acknowledging, take_over, open }: Props) {
  const words = use_words();
  const [settled, set_settled] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => set_settled(true), settles);
    return () => window.clearTimeout(timer);
  }, []);
  const who = use_who();
  const when = use_when();
  const alert = use_alert(settled ? row?.alert : null);
  const full = alert.data ? about_person(alert.data) : null;
  if (!row) return <aside className="chosen" aria-label={words("chosen.label")} />;
  const first = first_name(row.name, words);
  const conversation = take_over.conversation_of({ person: row.person, conversation: row.conversation ?? alert.data?.conversation });
  return (
    <aside className="chosen" aria-label={words("chosen.label")}>
      <div className="chosen-scroll" tabIndex={0} role="region" aria-label={row.name}>
        <div className="chosen-top">
          <Urgency_mark urgency={row.urgency} />
          {row.alert || !row.to_look_at ? <Due due_at={row.acknowledged ? null : (alert.data?.due_at ?? row.due_at)} /> : <LookBy {...row.to_look_at} />}
        </div>
        <h2 className="chosen-name">{row.name}</h2>
        <p className="second">{who({ age_band: row.age_band, country: alert.data?.person?.country })}</p>
        {row.alert && alert.isPending && <Loading what={words("chosen.loading")} />}
        {row.alert && alert.isError && <Failed title={words("chosen.failed")} error={alert.error} retry={() => void alert.refetch()} />}
        {row.changed.length > 0 && (
          <>
            <h3>{words("chosen.since_looked", { at: row.looked_at ? when.day_and_time(row.looked_at) : "" })}</h3>
            <ul className="chosen-changed">
              {row.changed.map((change) => (
                <li key={change}>{change}</li>
              ))}
            </ul>
          </>
        )}
        {full && <AlertWords alert={full} first={first} />}
        {!row.alert && (
          <>
            <h3>{words("chosen.why")}</h3>
            <p className="their-words">{row.reason}</p>
            <p className="second small">{words("chosen.no_alert")}</p>
            {row.to_look_at && (
              <>
                <h3>{words("looked.what")}</h3>
                <LookedAt person={row.person} findings={row.to_look_at.findings} />
              </>
            )}
          </>
        )}
      </div>
      <div className="chosen-deeds">
        {row.alert && !row.acknowledged && (
          <Button look="primary" size="l" onPress={() => acknowledge?.()} isDisabled={!acknowledge || acknowledging} hint="A">
            {words("chosen.acknowledge")}
          </Button>
        )}
        <div className="two">
          {conversation && (
            <Button onPress={() => take_over.start({ ...row, conversation })} isDisabled={take_over.busy} hint="T">
              {words("chosen.take_over")}
            </Button>
          )}
          <Button onPress={open} hint="Enter" look={row.alert && !row.acknowledged ? "secondary" : "primary"}>
            {words("chosen.open")}
          </Button>
        </div>
        {row.alert && <p className="chosen-told">{row.acknowledged && row.who ? words(row.who.id === me.id ? "chosen.you_acknowledged" : "chosen.has_it", { name: row.who.name }) : words("chosen.acknowledging_tells", { name: first })}</p>}
      </div>
    </aside>
  );
}

function Due({ due_at }: { due_at?: string | null }) {
  const words = use_words();
  const when = use_when();
  const now = use_now(1000);
  if (!due_at) return null;
  const left = Date.parse(due_at) - now;
  if (left <= 0) return <span className="due heavy">{words("chosen.went_on")}</span>;
  const said = left < 3_600_000 ? when.left(left) : when.day_and_time(due_at);
  return <span className="due">{left < 3_600_000 ? words("chosen.goes_on", { left: said }) : words("chosen.due_by", { at: said })}</span>;
}

/** By when somebody has to have looked; once that is over, since when nobody has. */
function LookBy({ since, due_at }: { since: string; due_at: string }) {
  const words = use_words();
  const when = use_when();
  const now = use_now();
  if (Date.parse(due_at) <= now) return <span className="due heavy">{words("looked.overdue", { at: when.date(since) })}</span>;
  return <span className="due">{words("chosen.due_by", { at: when.day_and_time(due_at) })}</span>;
}

function AlertWords({ alert, first }: { alert: PersonAlert; first: string }) {
  const words = use_words();
  const when = use_when();
  const marked = alert.messages.filter((message) => message.author === "person" && (message.marks?.length ?? 0) > 0);
  const shown = marked.length > 0 ? marked : alert.messages.filter((message) => message.author === "person").slice(-2);
  return (
    <>
      {alert.finding?.about.kind === "informant" && (
        <>
          <h3>{words("close.wrote", { name: first })}</h3>
          <Wrote finding={alert.finding} />
        </>
      )}
      {shown.length > 0 && (
        <>
          <h3>{words("chosen.wrote", { name: first, clock: when.time((shown.at(-1) ?? alert.messages[0])?.at ?? alert.raised_at) })}</h3>
          {shown.map((message) => (
            <blockquote key={message.id} className="wrote">
              <Marked text={message.text} marks={message.marks} />
              {message.from_voice_note && <span className="second small"> ({words("live.from_voice_note")})</span>}
            </blockquote>
          ))}
        </>
      )}
      {alert.finding && <RuleLine finding={alert.finding} />}
      {alert.told_person && (
        <>
          <h3>{words("chosen.told", { name: first })}</h3>
          <p className="their-words">
            {alert.told_person.text} <strong>{words(alert.told_person.answered ? "chosen.answered" : "chosen.not_answered")}</strong>
          </p>
        </>
      )}
      <h3>{words("chosen.need")}</h3>
      <Needs card={alert.card} />
      <p className="small">
        <Jump path={to.person(alert.person.id)}>{words("alert.person_page")}</Jump>
      </p>
    </>
  );
}

function Needs({ card }: { card: Card }) {
  const words = use_words();
  const when = use_when();
  const plan = use_plan_sheet(card);
  const contact = card.emergency_contact;
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{words("card.telephone")}</dt>
          <dd>{card.safe_contact?.phone ? <bdi className="number">{card.safe_contact.phone}</bdi> : <strong>{words("card.not_known")}</strong>}</dd>
        </div>
        <div>
          <dt>{words("card.plan")}</dt>
          <dd>
            {card.safety_plan ? (
              <>
                {card.safety_plan.updated_at && words("card.plan_yes", { ago: when.ago(card.safety_plan.updated_at) })}{" "}
                <button type="button" className="link" onClick={plan.open}>
                  {words("card.plan_open")}
                </button>
              </>
            ) : (
              <strong>{words("card.plan_none")}</strong>
            )}
          </dd>
        </div>
        <div>
          <dt>{words("card.contact")}</dt>
          <dd>{contact ? [contact.name, contact.relation].filter(Boolean).join(", ") + (contact.may_call ? ". " + words("card.may_call") : ". " + words("card.may_not_call")) : <strong>{words("card.contact_none")}</strong>}</dd>
        </div>
        {card.last_contact && (
          <div>
            <dt>{words("card.last_contact")}</dt>
            <dd>
              {card.last_contact.what}, {when.day_and_time(card.last_contact.at)}
            </dd>
          </div>
        )}
      </dl>
      {plan.sheet}
    </>
  );
}
