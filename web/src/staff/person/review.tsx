import { type ReactNode, type Ref, useState } from "react";
import type { CourseReview, Outcomes } from "../nouns";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { Field } from "../parts/field";
import { SourceNote } from "../parts/rule_line";
import { use_tell } from "../parts/toast";
import { use_review_course } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";

type Found = CourseReview["steps"][number]["found"];

interface Props {
  person: string;
  first: string;
  outcomes: Outcomes;
  reviews: readonly CourseReview[];
  heading: Ref<HTMLHeadingElement>;
}

/** Not on track: what may be in the way, asked step by step. Nothing is filled in by itself; what nobody asked stays "not asked". */
export function Review({ person, first, outcomes, reviews, heading }: Props) {
  const words = use_words();
  const when = use_when();
  const { tell } = use_tell();
  const save = use_review_course();
  const [found, set_found] = useState<{ [step: string]: Found }>({});
  const [notes, set_notes] = useState<{ [step: string]: string }>({});
  const [plan, set_plan] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const steps = outcomes.steps;
  const last = reviews[0];
  if (steps.length === 0 && !last) return null;
  const asked = steps.filter((step) => (found[step] ?? "not_asked") !== "not_asked").length;
  const submit = () => {
    if (asked === 0 && plan.trim() === "") {
      set_problem(words("review.empty"));
      return;
    }
    set_problem(null);
    save.mutate(
      { person, steps: steps.map((text) => ({ text, found: found[text] ?? "not_asked", note: (notes[text] ?? "").trim() })), plan: plan.trim() },
      {
        onSuccess: () => {
          set_found({});
          set_notes({});
          set_plan("");
          tell(words("review.saved"));
        },
        onError: (told) => set_problem(told.no_network ? words("staff.no_answer_detail") : told.detail || words("staff.not_done")),
      },
    );
  };
  const here = steps.findIndex((step) => found[step] === undefined);
  return (
    <section className="review" aria-labelledby="review-title">
      <h2 id="review-title" tabIndex={-1} ref={heading}>
        {words(steps.length > 0 ? "review.title" : "review.before")}
      </h2>
      {steps.length > 0 && (
        <>
          <p className="second small">
            {words("review.lead", { name: first })} {outcomes.steps_from && <SourceNote source={outcomes.steps_from} />}
          </p>
          <ol className="steps">
            {steps.map((step, i) => {
              const answer = found[step];
              const done = answer !== undefined && answer !== "not_asked";
              return (
                <li key={step} className={done ? "step done" : i === here ? "step here" : "step"}>
                  <StepNumber>{done ? "✓" : i + 1}</StepNumber>
                  <div className="step-head">
                    <p className="review-step">{step}</p>
                    <Choice
                      label={step}
                      value={answer ?? null}
                      onChange={(next: Found) => set_found((before) => ({ ...before, [step]: next }))}
                      options={[
                        { id: "fine", text: words("review.fine") },
                        { id: "in_the_way", text: words("review.in_the_way") },
                        { id: "not_asked", text: words("steps.not_asked") },
                      ]}
                    />
                  </div>
                  {answer === "in_the_way" && <Field label={words("review.what")} value={notes[step] ?? ""} onChange={(text) => set_notes((before) => ({ ...before, [step]: text }))} />}
                </li>
              );
            })}
          </ol>
          <div className="review-plan">
            <Field label={words("review.plan")} hint={words("review.plan_hint")} lines={2} value={plan} onChange={set_plan} problem={problem} />
            <Button look="primary" onPress={submit} isDisabled={save.isPending}>
              {words("review.save")}
            </Button>
          </div>
        </>
      )}
      {last && (
        <div className="review-last">
          <h3>{words("review.last", { at: when.day_and_time(last.at), by: last.by || words("review.someone") })}</h3>
          <ul>
            {last.steps
              .filter((step) => step.found === "in_the_way")
              .map((step) => (
                <li key={step.text}>
                  <strong>{words("review.in_the_way")}:</strong> {step.text} <span className="their-words">{step.note}</span>
                </li>
              ))}
          </ul>
          {last.plan && (
            <p>
              <strong>{words("review.plan")}:</strong> <span className="their-words">{last.plan}</span>
            </p>
          )}
        </div>
      )}
    </section>
  );
}

const StepNumber = ({ children }: { children: ReactNode }) => (
  <span className="step-number" aria-hidden="true">
    {children}
  </span>
);
