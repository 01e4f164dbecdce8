import { Phone } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../../base/icon";
import { KeyCap } from "../keys/keys";
import type { Answer, NextStep, PersonAlert } from "../nouns";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { use_when } from "../when";
import { use_words } from "../words";
import { MakePlan } from "./make_plan";
import type { Draft } from "./record";

interface Props {
  alert: PersonAlert;
  first: string;
  draft: Draft;
  change(part: Partial<Draft>): void;
  deed(step: string, deed: string): void;
  keep_answers: (() => void) | null;
  open_plan: (() => void) | null;
  reading: boolean;
  children: ReactNode;
}

/** What the service wrote to do next, in order. Every step may be skipped. What the person answered to a question stands there,
 * as theirs; only what is chosen here goes into the record as asked by whoever has the alert. What was done is one tap. */
export function Steps({ alert, first, draft, change, deed, keep_answers, open_plan, reading, children }: Props) {
  const words = use_words();
  const when = use_when();
  const did = (step: NextStep) => [...alert.path].reverse().find((one) => one.kind === "did" && one.what?.startsWith(`${step.id}.`));
  const done = (step: NextStep) => {
    if (step.questions?.length) return step.questions.every((question) => (draft.answers[question.id] ?? question.heard ?? question.said) !== undefined);
    return did(step) !== undefined;
  };
  const here = alert.next_steps.findIndex((step) => !done(step));
  const telephones = alert.next_steps.filter((step) => step.phone);
  return (
    <ol className="steps">
      {alert.next_steps.map((step, i) => {
        const last = did(step);
        const key = step.phone ? (telephones[0] === step ? "C" : telephones[1] === step ? "F" : undefined) : undefined;
        return (
          <li key={step.id} className={done(step) ? "step done" : i === here && !reading ? "step here" : "step"} aria-current={i === here && !reading ? "step" : undefined} data-step={i}>
            <span className="step-number">{done(step) ? <span aria-label={words("steps.done")}>✓</span> : i + 1}</span>
            <div className="step-head">
              <h3>
                {step.title} {step.phone && <bdi className="number step-phone">{step.phone}</bdi>}
              </h3>
              {last && (
                <span className="second small">
                  {when.time(last.at)} {step.deeds.find((one) => last.what === `${step.id}.${one.id}`)?.text ?? last.text}
                  {last.by && `, ${last.by}`}
                </span>
              )}
              <span className="step-deeds">
                {!reading &&
                  step.deeds.map((one) => (
                    <Button key={one.id} size="s" look="quiet" onPress={() => deed(step.id, one.id)} data-deed={`${step.id}.${one.id}`}>
                      {one.text}
                    </Button>
                  ))}
                {step.phone && !reading && (
                  <a className={`push push-s ${i === here ? "push-primary" : "push-secondary"}`} href={`tel:${step.phone.replace(/[^+\d]/g, "")}`} data-call={key}>
                    <Icon of={Phone} size={15} stroke={1.75} />
                    {words("steps.call_short")}
                    <span className="unseen">{words("steps.call", { step: step.title, phone: step.phone })}</span>
                    {key && <KeyCap>{key}</KeyCap>}
                  </a>
                )}
                {step.does === "go_through_plan" && open_plan && (
                  <Button size="s" onPress={open_plan} hint="L">
                    {words("steps.open_plan")}
                  </Button>
                )}
                {step.suggestions && !reading && <MakePlan suggestions={step.suggestions} name={first} />}
              </span>
            </div>
            {step.detail && <p className="second step-detail">{step.detail}</p>}
            {step.questions && step.questions.length > 0 && (
              <ul className="questions">
                {step.questions.map((question) => (
                  <li key={question.id}>
                    <span>
                      <span aria-hidden={reading ? undefined : true}>{question.text}</span>
                      {question.mark === "unverified" && <span className="faint small"> {words("steps.unverified")}</span>}
                      {question.said && <span className="second small question-said"> {words(`steps.said_${question.said}`, { at: question.said_at ? when.day_and_time(question.said_at) : "" })}</span>}
                    </span>
                    {!reading && (
                      <Choice
                        label={question.text}
                        value={draft.answers[question.id] ?? question.heard ?? question.said ?? null}
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
            {step.questions && keep_answers && !reading && (
              <p className="keep-answers">
                <Button size="s" onPress={keep_answers}>
                  {words("steps.keep_answers")}
                </Button>
              </p>
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
