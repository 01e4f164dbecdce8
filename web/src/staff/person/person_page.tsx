import { useMemo, useRef, useState } from "react";
import { as_problem } from "../../base/problem";
import { Human_mark, Urgency_mark } from "../../base/marks";
import { Empty, Failed, Loading } from "../../base/states";
import { use_take_over } from "../caseload/take_over";
import { use_keys } from "../keys/keys";
import type { Account, Finding, PersonPage as Page } from "../nouns";
import { first_name } from "../parts/first_name";
import { Button } from "../parts/button";
import { Lone } from "../parts/lone";
import { CardFacts, use_plan_sheet } from "../parts/card";
import { Choice } from "../parts/choice";
import { JudgeButtons, use_judgement } from "../parts/judge";
import { LookedLine } from "../parts/looked";
import { NoteSheet } from "../parts/note_sheet";
import { RuleLine } from "../parts/rule_line";
import { use_tell } from "../parts/toast";
import { UrgencyBar } from "../parts/urgency_bar";
import { use_who } from "../parts/who";
import { go, to } from "../route";
import { use_person, use_person_note, use_withdraw_event } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { Asking } from "./asking";
import { BreakGlassForm } from "./break_glass";
import { Close } from "./close";
import { CourseChart } from "./chart";
import { CourseTable } from "./course_table";
import { DailyLanes } from "./daily_lanes";
import { DesignedSeriesPart } from "./designed_series";
import { FirstAssessment } from "./first_assessment";
import { short_title, span_of } from "./course";
import { OutcomeList } from "./outcome_list";
import { Printed } from "./printed";
import { Review } from "./review";
import { QuietPart } from "./quiet";
import { Supporter_links } from "./supporter_links";
import { ToLookAtPart } from "./to_look_at";
import { EventSheet, KnownPart, TreatmentPart } from "./treatment";
import { Timeline } from "./timeline";
import { TrendOffers } from "./trend_offers";

/** Four months in ten seconds. */
export function PersonPage({ id, me }: { id: string; me: Account }) {
  const words = use_words();
  const page = use_person(id);
  if (page.isPending) return <Lone title={words("shell.people")}><Loading what={words("person.loading")} /></Lone>;
  if (!page.data) {
    if (as_problem(page.error).is("outside-team")) return <BreakGlassForm person={id} />;
    return <Lone title={words("shell.people")}><Failed title={words("person.failed")} error={page.error} retry={() => void page.refetch()} /></Lone>;
  }
  return <Inside page={page.data} me={me} />;
}

function Inside({ page, me }: { page: Page; me: Account }) {
  const words = use_words();
  const when = use_when();
  const take_over = use_take_over();
  const judgement = use_judgement();
  const add_note = use_person_note();
  const withdraw = use_withdraw_event();
  const { tell } = use_tell();
  const plan = use_plan_sheet(page.card);
  const who = use_who();
  const [noting, set_noting] = useState(false);
  const [as_table, set_as_table] = useState(false);
  const [months, set_months] = useState<"1" | "4" | "all">("4");
  const [now] = useState(() => Date.now());
  const totals = page.progress.totals ?? [];
  const worst_off = page.outcomes.lines.find((line) => line.flags.some((flag) => flag.urgency === "soon"))?.instrument;
  const [instrument, set_instrument] = useState(worst_off ?? totals.find((total) => total.instrument === "phq-9")?.instrument ?? totals[0]?.instrument ?? null);
  const [happening, set_happening] = useState(false);
  const review = useRef<HTMLHeadingElement>(null);
  const span = useMemo(() => span_of(page.progress, months === "all" ? null : Number(months), now), [page.progress, months, now]);

  const { person, card } = page;
  const first = first_name(person.name, words);
  const talk = take_over.conversation_of({ person: person.id, conversation: page.conversation });
  const unjudged = page.findings.filter((finding) => !finding.judged);
  const asked = unjudged[0];
  const alert = page.open_alert;
  const take_off = (number: number) => withdraw.mutate({ person: person.id, number }, { onSuccess: () => tell(words("happened.taken_off")), onError: (problem) => tell(problem.detail || words("staff.not_done")) });
  const nothing = page.progress.empty || (!page.progress.series?.points.length && !page.progress.totals?.length);
  // On paper stands the chart, not its table: what it shows is listed under it anyway.
  const print = () => {
    set_as_table(false);
    window.setTimeout(() => window.print());
  };
  const to_review = () => {
    review.current?.scrollIntoView({ block: "start" });
    review.current?.focus({ preventScroll: true });
  };
  use_keys({
    n: () => set_noting(true),
    v: () => set_as_table((before) => !before),
    l: plan.has_plan ? plan.open : undefined,
    m: talk ? () => go(to.conversation(talk)) : undefined,
    t: talk ? () => take_over.start({ person: person.id, conversation: talk, name: first }) : undefined,
    e: alert ? () => go(to.alert(alert)) : page.outcomes.steps.length > 0 ? to_review : undefined,
    d: () => set_happening(true),
    p: nothing ? undefined : print,
    y: asked ? () => judgement.give(asked, "agree") : undefined,
    x: asked ? () => judgement.give(asked, "disagree") : undefined,
  });

  return (
    <div className="person-page">
      <header className="person-head">
        <UrgencyBar urgency={page.urgency} />
        <div className="page-head">
          <h1>{person.name}</h1>
          <Urgency_mark urgency={page.urgency} />
          <p className="second">
            {who(person)} {person.since && words("person.known_since", { date: when.date(person.since) })}
          </p>
          <span className="clinician">
            <Human_mark name={person.clinician?.name} nobody={!person.clinician} small />
            <span className="second">{person.clinician?.name ?? words("card.nobody")}</span>
          </span>
          <span className="head-space" />
          {talk && (
            <Button size="s" onPress={() => go(to.conversation(talk))} hint="M">
              {words("person.chat")}
            </Button>
          )}
          <Button size="s" look="edge" onPress={print} hint="P" isDisabled={nothing}>
            {words("print.go")}
          </Button>
          <Button size="s" onPress={() => set_noting(true)} hint="N">
            {words("alert.note")}
          </Button>
        </div>
      </header>
      <div className="person-body">
        <div className="person-course">
          <FirstAssessment person={person.id} />
          <section className="chart-card" aria-labelledby="course-title">
            <div className="page-head">
              <h2 id="course-title">{words("chart.title", { from: when.short_day(new Date(span.from).toISOString()) })}</h2>
              <span className="head-space" />
              {!nothing && (
                <>
                  {totals.length > 1 && !as_table && <Choice label={words("chart.which")} value={instrument} onChange={set_instrument} options={totals.map((total) => ({ id: total.instrument, text: short_title(total) }))} />}
                  <Choice
                    label={words("chart.span")}
                    value={months}
                    onChange={set_months}
                    options={[
                      { id: "1", text: words("chart.month") },
                      { id: "4", text: words("chart.four_months") },
                      { id: "all", text: words("chart.all") },
                    ]}
                  />
                  <Button size="s" look="edge" onPress={() => set_as_table((before) => !before)} hint="V" aria-pressed={as_table}>
                    {words(as_table ? "chart.as_chart" : "chart.as_table")}
                  </Button>
                </>
              )}
            </div>
            {nothing ? (
              <Empty title={words("chart.empty")}>
                <p>{words("chart.empty_what", { name: first })}</p>
              </Empty>
            ) : (
              <>
                {page.progress.sentence && <p className="second chart-sentence">{page.progress.sentence}</p>}
                {as_table ? (
                  <CourseTable progress={page.progress} outcomes={page.outcomes.lines} events={page.events} span={span} take_off={take_off} />
                ) : (
                  <CourseChart progress={page.progress} instrument={instrument} outcomes={page.outcomes.lines} events={page.events} span={span} sentence={page.progress.sentence ?? words("chart.label")} />
                )}
                <p className="second small chart-foot">
                  {words("chart.whiskers")}
                  <Button size="s" look="quiet" onPress={() => set_happening(true)} hint="D">
                    {words("happened.add")}
                  </Button>
                </p>
              </>
            )}
          </section>
          <DesignedSeriesPart series={page.designed} span={span} />
          <TrendOffers offers={page.offers} />
          <DailyLanes person={person.id} span={span} />
          <OutcomeList outcomes={page.outcomes} />
          <Review person={person.id} first={first} outcomes={page.outcomes} reviews={page.reviews} heading={review} />
          <Asking person={person.id} first={first} />
          <Close person={person.id} first={first} />
          <Supporter_links person={person.id} first={first} />
          <Printed page={page} by={me.display_name} />
          <Timeline person={person.id} first_page={page.timeline} />
        </div>
        <aside className="person-side" aria-label={words("person.side")}>
          <div className="person-side-scroll" tabIndex={0} role="region" aria-label={words("person.side_of", { name: first })}>
            <ToLookAtPart person={person.id} items={page.to_look_at} />
            <QuietPart person={person.id} items={page.quiet} />
            {page.since_you_looked.length > 0 ? (
              <section className="since-card">
                <h2>{page.looked_at ? words("person.since_looked_at", { date: when.day_and_time(page.looked_at) }) : words("person.since_looked")}</h2>
                <ul>
                  {page.since_you_looked.map((event) => (
                    <li key={event.at + event.text} className="their-words">
                      {event.text}
                    </li>
                  ))}
                </ul>
              </section>
            ) : (
              <section className="since-card">
                <h2>{words("person.since_looked")}</h2>
                <p>{words("person.nothing_new")}</p>
              </section>
            )}
            <TreatmentPart person={person.id} treatment={page.treatment} />
            <KnownPart person={person.id} critical={page.critical} known={page.known_and_planned} />
            <Findings findings={page.findings} asked={asked} />
            <section>
              <h2>{words("person.in_place")}</h2>
              <dl className="facts">
                {page.in_place.map((one) => (
                  <div key={one.what}>
                    <dt>{one.what}</dt>
                    <dd>{one.missing ? <strong>{one.text}</strong> : one.text}</dd>
                  </div>
                ))}
              </dl>
            </section>
            <section>
              <h2>{words("alert.card", { name: first })}</h2>
              <CardFacts card={card} open_plan={plan.open} />
            </section>
          </div>
          {!alert && page.outcomes.steps.length > 0 && (
            <div className="chosen-deeds">
              <Button look="primary" size="l" onPress={to_review} hint="E">
                {words("review.next_step")}
              </Button>
            </div>
          )}
          {alert && (
            <div className="chosen-deeds">
              <Button look="primary" size="l" onPress={() => go(to.alert(alert))} hint="E">
                {words("person.next_step")}
              </Button>
            </div>
          )}
        </aside>
      </div>
      {plan.sheet}
      <EventSheet person={person.id} open={happening} close={() => set_happening(false)} />
      <NoteSheet open={noting} close={() => set_noting(false)} save={(text) => add_note.mutateAsync({ person: person.id, text })} />
    </div>
  );
}

function Findings({ findings, asked }: { findings: readonly Finding[]; asked: Finding | undefined }) {
  const words = use_words();
  const waiting = findings.filter((finding) => !finding.judged).length;
  if (findings.length === 0) return null;
  return (
    <section>
      <h2>{words("person.findings", { n: waiting })}</h2>
      <ul className="finding-list">
        {findings.map((finding) => (
          <li key={finding.id}>
            <h3 className="their-words">{finding.why}</h3>
            <RuleLine finding={finding} />
            {finding.looked && <LookedLine looked={finding.looked} />}
            <JudgeButtons finding={finding} keys={finding === asked} />
          </li>
        ))}
      </ul>
    </section>
  );
}
