import { Urgency_mark } from "../../base/marks";
import { use_live } from "../../base/events";
import { about_person, type LivePage } from "../nouns";
import { first_name } from "../parts/first_name";
import { Button, Jump } from "../parts/button";
import { CardFacts, use_plan_sheet } from "../parts/card";
import { Plan } from "../parts/plan";
import { RuleLine } from "../parts/rule_line";
import { use_who } from "../parts/who";
import { to } from "../route";
import { use_alert, use_summary } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { InShort } from "./in_short";

/** What matters while one writes: the alert, what to do next, the plan in the person's words, how to reach them. */
export function Matters({ page, level }: { page: LivePage; level(): void }) {
  const words = use_words();
  const when = use_when();
  const live = use_live();
  const who = use_who();
  const { alert: short, card } = page.matters;
  const asked = use_alert(short?.id);
  const alert = asked.data ? about_person(asked.data) : null;
  const plan = use_plan_sheet(card);
  const summary = use_summary(page.conversation.id).data;
  const first = first_name(page.person.name, words);
  return (
    <aside className="matters" aria-label={words("live.matters")}>
      <div className="matters-scroll" tabIndex={0} role="region" aria-label={words("person.side_of", { name: first })}>
        {short ? (
          <section>
            <div className="row-between">
              <h2>{words("live.in_short")}</h2>
              <Urgency_mark urgency={short.urgency} />
            </div>
            <p>
              {page.person.name}, {who(page.person)} <span className="their-words">{alert?.finding?.why ?? short.reason}</span>
            </p>
            {alert?.finding && <RuleLine finding={alert.finding} />}
            <p className="small">
              <Jump path={to.alert(short.id)}>{words("live.open_alert")}</Jump> · <Jump path={to.person(page.person.id)}>{words("alert.person_page")}</Jump>
            </p>
          </section>
        ) : (
          <section>
            <h2>{words("live.in_short")}</h2>
            <p className="second">{words("live.no_alert")}</p>
            <p className="small">
              <Jump path={to.person(page.person.id)}>{words("alert.person_page")}</Jump>
            </p>
          </section>
        )}
        <section>
          {summary && <InShort summary={summary} />}
          <Button size="s" look="edge" onPress={level}>
            {words("level.title")}
          </Button>
        </section>
        {page.notes.length > 0 && (
          <section>
            <h2>{words("live.notes")}</h2>
            {page.notes.map((note) => (
              <p key={note.at} className="small" dir="auto">
                {note.text} <span className="faint">{[note.by, when.time(note.at)].filter(Boolean).join(", ")}</span>
              </p>
            ))}
          </section>
        )}
        {alert && alert.next_steps.length > 0 && (
          <section>
            <h2>{words("live.do_next")}</h2>
            <ol className="short-steps">
              {alert.next_steps.map((step) => (
                <li key={step.id}>
                  {step.title} {step.phone && <bdi className="number">{step.phone}</bdi>}
                </li>
              ))}
            </ol>
          </section>
        )}
        {card.safety_plan && (
          <section>
            <h2>{words("live.plan", { name: first })}</h2>
            <Plan plan={card.safety_plan.parts} />
          </section>
        )}
        <section>
          <h2>{words("alert.card", { name: first })}</h2>
          <CardFacts card={card} open_plan={plan.open} />
        </section>
        {alert?.told_person && (
          <section>
            <h2>{words("live.given")}</h2>
            <p className="small">
              {alert.told_person.text} <strong>{words(alert.told_person.answered ? "chosen.answered" : "chosen.not_answered")}</strong>
            </p>
          </section>
        )}
      </div>
      <p className="matters-foot second small">{live.state === "cut_off" ? words("live.cut", { clock: when.time(new Date(live.since)) }) : words("live.connected")}</p>
      {plan.sheet}
    </aside>
  );
}
