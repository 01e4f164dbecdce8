import { Phone } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../../base/icon";
import { KeyCap } from "../keys/keys";
import type { Answer, NextStep, PersonAlert } from "../nouns";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { use_when } from "../when";
import { use_words } from "../words";
import type { Draft } from "./record";

interface Props {
  alert: PersonAlert;
  draft: Draft;
  change(part: Partial<Draft>): void;
  note(text: string): void;
  open_plan: (() => void) | null;
  reading: boolean;
  children: ReactNode;
}

/** What the service wrote to do next, in order. Every step may be skipped. What the person answered to a question stands there,
 * as theirs; only what is chosen here goes into the record as asked by whoever has the alert. */
export function Steps({ alert, draft, change, note, open_plan, reading, children }: Props) {
  const words = use_words();
  const when = use_when();
  /* A call is kept as a note that begins with the step's own title, so that everyone who opens the alert sees it at its step. */
  const called = (step: NextStep) => [...alert.path].reverse().find((one) => one.kind === "note" && (one.words ?? one.text).startsWith(`${step.title}: `));
  const done = (step: NextStep) => {
    if (step.questions?.length) return step.questions.every((question) => (draft.answers[question.id] ?? question.said) !== undefined);
    return called(step) !== undefined;
  };
  const here = alert.next_steps.findIndex((step) => !done(step));
  const telephones = alert.next_steps.filter((step) => step.phone);
  return (
    <ol className="steps">
      {alert.next_steps.map((step, i) => {
        const call = called(step);
        const is_plan = step.id.includes("plan");
        const key = step.phone ? (telephones[0] === step ? "C" : telephones[1] === step ? "F" : undefined) : undefined;
        return (
          <li key={step.id} className={done(step) ? "step done" : i === here && !reading ? "step here" : "step"} aria-current={i === here && !reading ? "step" : undefined} data-step={i}>
            <span className="step-number">{done(step) ? <span aria-label={words("steps.done")}>✓</span> : i + 1}</span>
            <div className="step-head">
              <h3>
                {step.title} {step.phone && <bdi className="number step-phone">{step.phone}</bdi>}
              </h3>
              {call && (
                <span className="second small">
                  {when.time(call.at)} {(call.words ?? call.text).slice(step.title.length + 2)}
                  {call.by && `, ${call.by}`}
                </span>
              )}
              {step.phone && !reading && (
                <span className="step-deeds">
                  <Button size="s" look="quiet" onPress={() => note(words("steps.note_no_answer", { step: step.title }))}>
                    {words("steps.no_answer")}
                  </Button>
                  <Button size="s" look="quiet" onPress={() => note(words("steps.note_spoke", { step: step.title }))}>
                    {words("steps.spoke")}
                  </Button>
                  <a className={`push push-s ${i === here ? "push-primary" : "push-secondary"}`} href={`tel:${step.phone.replace(/[^+\d]/g, "")}`} data-call={key}>
                    <Icon of={Phone} size={15} stroke={1.75} />
                    {words("steps.call_short")}
                    <span className="unseen">{words("steps.call", { step: step.title, phone: step.phone })}</span>
                    {key && <KeyCap>{key}</KeyCap>}
                  </a>
                </span>
              )}
              {is_plan && open_plan && (
                <Button size="s" onPress={open_plan} hint="L">
                  {words("steps.open_plan")}
                </Button>
              )}
            </div>
            {step.detail && <p className="second step-detail">{step.detail}</p>}
            {step.questions && step.questions.length > 0 && (
              <ul className="questions">
                {step.questions.map((question) => (
                  <li key={question.id}>
                    <span>
                      <span aria-hidden={reading ? undefined : true}>{question.text}</span>
                      {question.said && <span className="second small question-said"> {words(`steps.said_${question.said}`, { at: question.said_at ? when.day_and_time(question.said_at) : "" })}</span>}
                    </span>
                    {!reading && (
                      <Choice
                        label={question.text}
                        value={draft.answers[question.id] ?? question.said ?? null}
                        onChange={(answer: Answer) => change({ answers: { ...draft.answers, [question.id]: answer } })}
                        options={[
                          { id: "yes", text: words("steps.yes") },
                          { id: "no", text: words("steps.no") },
                          { id: "not_asked", text: words("steps.not_asked") },
                        ]}
                      />
                    )}
                  </li>
                ))}
              </ul>
            )}
          </li>
        );
      })}
      <li className={here === -1 && !reading ? "step here" : "step"} data-step={alert.next_steps.length}>
        <span className="step-number">{alert.next_steps.length + 1}</span>
        {children}
      </li>
    </ol>
  );
}
