import { useState } from "react";
import type { CriticalAnswer, KnownAndPlanned, Treatment } from "../nouns";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { Field } from "../parts/field";
import { Sheet } from "../parts/sheet";
import { use_tell } from "../parts/toast";
import { use_course_event, use_end_treatment, use_know, use_treatment, use_withdraw_known } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import type { Problem } from "../../base/problem";

const today = () => new Date().toISOString().slice(0, 10);

export function use_said() {
  const words = use_words();
  return (problem: Problem) => (problem.no_network ? words("staff.no_answer_detail") : problem.detail || words("staff.not_done"));
}

/** What somebody is treated with, from which day on. The course is judged from there, and from nowhere else. */
export function TreatmentPart({ person, treatment }: { person: string; treatment: Treatment | undefined }) {
  const words = use_words();
  const when = use_when();
  const said = use_said();
  const { tell } = use_tell();
  const end = use_end_treatment();
  const set = use_treatment();
  const [open, set_open] = useState(false);
  const [ending, set_ending] = useState(false);
  const again = () => treatment && set.mutate({ person, ...treatment });
  return (
    <section>
      <h2>{words("treatment.title")}</h2>
      {treatment ? (
        <>
          <p>
            <strong>{words(treatment.psychological ? (treatment.medication ? "treatment.both" : "treatment.psychological") : "treatment.medication")}</strong> {words("treatment.since", { day: when.date(treatment.started_on), week: week_of(treatment.started_on, Date.now()) })}
          </p>
          {ending && <p className="small">{words("treatment.end_means")}</p>}
          <p className="row-deeds">
            <Button size="s" look="edge" onPress={() => set_open(true)}>
              {words("treatment.change")}
            </Button>
            {ending ? (
              <>
                <Button size="s" look="primary" isDisabled={end.isPending} onPress={() => end.mutate(person, { onSuccess: () => (set_ending(false), tell(words("treatment.ended"), again)), onError: (problem) => tell(said(problem)) })}>
                  {words("treatment.end_yes")}
                </Button>
                <Button size="s" look="quiet" onPress={() => set_ending(false)}>
                  {words("treatment.keep")}
                </Button>
              </>
            ) : (
              <Button size="s" look="quiet" onPress={() => set_ending(true)}>
                {words("treatment.end")}
              </Button>
            )}
          </p>
        </>
      ) : (
        <>
          <p className="second">{words("treatment.none")}</p>
          <Button size="s" onPress={() => set_open(true)}>
            {words("treatment.begin")}
          </Button>
        </>
      )}
      <TreatmentSheet key={String(open)} person={person} before={treatment} open={open} close={() => set_open(false)} />
    </section>
  );
}

/** Week 1 is the first seven days. */
export const week_of = (day: string, now: number): number => Math.max(1, Math.floor((now - Date.parse(day)) / (7 * 86_400_000)) + 1);

function TreatmentSheet({ person, before, open, close }: { person: string; before: Treatment | undefined; open: boolean; close(): void }) {
  const words = use_words();
  const said = use_said();
  const { tell } = use_tell();
  const set = use_treatment();
  const [started_on, set_started_on] = useState(before?.started_on ?? today());
  const [psychological, set_psychological] = useState(before?.psychological ?? false);
  const [medication, set_medication] = useState(before?.medication ?? false);
  const [problem, set_problem] = useState<string | null>(null);
  const submit = () => {
    if (!psychological && !medication) return set_problem(words("treatment.say_what"));
    set.mutate({ person, started_on, psychological, medication }, { onSuccess: () => (close(), tell(words("treatment.saved"))), onError: (told) => set_problem(said(told)) });
  };
  return (
    <Sheet title={words("treatment.title")} open={open} close={close}>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <Field label={words("treatment.started_on")} hint={words("treatment.started_hint")} type="date" max={today()} value={started_on} onChange={set_started_on} />
      <fieldset className="ticks">
        <legend>{words("treatment.with")}</legend>
        <label>
          <input type="checkbox" checked={psychological} onChange={(event) => set_psychological(event.target.checked)} /> {words("treatment.psychological")}
        </label>
        <label>
          <input type="checkbox" checked={medication} onChange={(event) => set_medication(event.target.checked)} /> {words("treatment.medication")}
        </label>
      </fieldset>
      <Button look="primary" onPress={submit} isDisabled={set.isPending}>
        {words("treatment.save")}
      </Button>
    </Sheet>
  );
}

/** An answer about death or self-harm that is known, with a plan. Without such an answer there is nothing to note. */
export function KnownPart({ person, critical, known }: { person: string; critical: readonly CriticalAnswer[]; known: readonly KnownAndPlanned[] }) {
  const words = use_words();
  if (critical.length === 0 && known.length === 0) return null;
  const ids = [...new Set([...critical.map((one) => one.instrument), ...known.map((one) => one.instrument)])];
  return (
    <section>
      <h2>{words("known.title")}</h2>
      <ul className="known-list">
        {ids.map((id) => (
          <KnownLine key={id} person={person} instrument={id} answer={critical.find((one) => one.instrument === id)} note={known.find((one) => one.instrument === id)} />
        ))}
      </ul>
      <p className="second small">{words("known.means")}</p>
    </section>
  );
}

function KnownLine({ person, instrument, answer, note }: { person: string; instrument: string; answer: CriticalAnswer | undefined; note: KnownAndPlanned | undefined }) {
  const words = use_words();
  const when = use_when();
  const said = use_said();
  const { tell } = use_tell();
  const know = use_know();
  const withdraw = use_withdraw_known();
  const [writing, set_writing] = useState(false);
  const [text, set_text] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const submit = () => {
    if (text.trim() === "") return set_problem(words("known.empty"));
    know.mutate({ person, instrument, text: text.trim() }, { onSuccess: () => (set_writing(false), set_text(""), tell(words("known.saved"))), onError: (told) => set_problem(said(told)) });
  };
  return (
    <li>
      {answer && <p>{words(answer.answer ? "known.answered" : "known.answered_number", { title: instrument.toUpperCase(), at: when.short_day(answer.at), answer: answer.answer, n: answer.value })}</p>}
      {note && (
        <>
          <p className="their-words">“{note.text}”</p>
          <p className="second small">{words(note.covers ? "known.covers" : "known.over", { by: note.by || words("review.someone"), at: when.short_day(note.at), until: when.short_day(note.until) })}</p>
        </>
      )}
      <p className="row-deeds">
        <Button size="s" look={note ? "edge" : "secondary"} onPress={() => set_writing(true)} isDisabled={!answer}>
          {words(note ? "known.again" : "known.note")}
        </Button>
        {note && (
          <Button size="s" look="quiet" isDisabled={withdraw.isPending} onPress={() => withdraw.mutate({ person, instrument }, { onSuccess: () => tell(words("known.withdrawn"), () => know.mutate({ person, instrument, text: note.text })), onError: (told) => tell(said(told)) })}>
            {words("known.withdraw")}
          </Button>
        )}
      </p>
      <Sheet title={words("known.title")} open={writing} close={() => set_writing(false)}>
        <p className="second">{words("known.means")}</p>
        <Field label={words("known.words")} hint={words("known.words_hint")} lines={4} value={text} onChange={set_text} problem={problem} />
        <Button look="primary" onPress={submit} isDisabled={know.isPending}>
          {words("known.save")}
        </Button>
      </Sheet>
    </li>
  );
}

type Happened = "life" | "medicine" | "appointment";

/** Something that happened on a day, for the chart. */
export function EventSheet({ person, open, close }: { person: string; open: boolean; close(): void }) {
  const words = use_words();
  const said = use_said();
  const { tell } = use_tell();
  const add = use_course_event();
  const [kind, set_kind] = useState<Happened | null>(null);
  const [on, set_on] = useState(today());
  const [missed, set_missed] = useState(false);
  const [text, set_text] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const submit = () => {
    if (!kind || text.trim() === "") return set_problem(words("happened.fill_both"));
    add.mutate(
      { person, on, kind, text: text.trim(), missed: kind === "appointment" && missed },
      { onSuccess: () => (set_text(""), set_kind(null), set_missed(false), set_problem(null), close(), tell(words("happened.saved"))), onError: (told) => set_problem(said(told)) },
    );
  };
  return (
    <Sheet title={words("happened.title")} open={open} close={close}>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <Choice
        label={words("happened.kind")}
        label_shown
        value={kind}
        onChange={set_kind}
        options={[
          { id: "life", text: words("mark.life") },
          { id: "medicine", text: words("mark.medicine") },
          { id: "appointment", text: words("mark.appointment") },
        ]}
      />
      <Field label={words("chart.day")} type="date" max={today()} value={on} onChange={set_on} />
      <Field label={words("happened.words")} hint={words("happened.hint")} value={text} onChange={set_text} />
      {kind === "appointment" && (
        <label className="tick">
          <input type="checkbox" checked={missed} onChange={(event) => set_missed(event.target.checked)} /> {words("happened.missed")}
        </label>
      )}
      <Button look="primary" onPress={submit} isDisabled={add.isPending}>
        {words("happened.save")}
      </Button>
    </Sheet>
  );
}
