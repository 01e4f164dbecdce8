import { useState, type FormEvent } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import type { PlanPerson, PlanPlace, SafetyPlan } from "../../api/generated";
import { Button } from "../../base/button";
import { put } from "../../base/client";
import { keep, kept_plan } from "../../base/device";
import { Icon } from "../../base/icon";
import { as_problem } from "../../base/problem";
import { Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { go } from "../router";
import { Shell } from "../shell/shell";
import { parts, type Part } from "./parts";
import { use_plan } from "./plan";
import "./plan.css";

export default function Edit_plan() {
  const t = use_text();
  const plan = use_plan();
  if (plan.data) return <Form plan={plan.data} />;
  return (
    <Shell title={t("plan.edit_title")} back="/plan" no_tabs>
      {plan.isPending && <Loading what={t("plan.loading")} />}
      {plan.isError && <Failed error={plan.error} retry={() => void plan.refetch()} />}
    </Shell>
  );
}

type Draft = Record<Part, { text: string; phone: string }[]>;

const draft_of = (plan: SafetyPlan): Draft =>
  Object.fromEntries(
    parts.map(({ id }) => {
      const given = (plan.parts[id] ?? []) as (string | PlanPerson | PlanPlace)[];
      return [id, given.map((one) => (typeof one === "string" ? { text: one, phone: "" } : { text: "name" in one ? one.name : one.text, phone: one.phone ?? "" }))];
    }),
  ) as Draft;

function plan_of(plan: SafetyPlan, draft: Draft): SafetyPlan {
  const lines = (id: Part) => draft[id].map((one) => one.text.trim()).filter(Boolean);
  const phone = (text: string) => (text.trim() ? { phone: text.trim() } : {});
  const people = (id: Part) => draft[id].filter((one) => one.text.trim()).map((one) => ({ name: one.text.trim(), ...phone(one.phone) }));
  return {
    ...plan,
    parts: {
      warning_signs: lines("warning_signs"),
      coping: lines("coping"),
      distraction: draft.distraction.filter((one) => one.text.trim()).map((one) => ({ text: one.text.trim(), ...phone(one.phone) })),
      people: people("people"),
      professionals: people("professionals"),
      safer_place: lines("safer_place"),
    },
  };
}

function Form({ plan }: { plan: SafetyPlan }) {
  const t = use_text();
  const queries = useQueryClient();
  const [draft, set_draft] = useState(() => draft_of(plan));
  const [busy, set_busy] = useState(false);
  const [failed, set_failed] = useState("");

  const save = async (event: FormEvent) => {
    event.preventDefault();
    set_busy(true);
    set_failed("");
    const next = plan_of(plan, draft);
    try {
      const saved = await put("/safety-plan", { body: next });
      queries.setQueryData(["safety-plan"], saved);
      if (saved.kept_on_device) await keep(kept_plan, saved);
      go("/plan", { replace: true });
    } catch (error) {
      const problem = as_problem(error);
      set_failed(problem.may_pass || !problem.detail ? t("plan.not_saved") : problem.detail);
      set_busy(false);
    }
  };
  const change = (id: Part, lines: Draft[Part]) => set_draft({ ...draft, [id]: lines });

  return (
    <Shell title={t("plan.edit_title")} back="/plan" no_tabs
      foot={
        <div className="foot-action">
          {failed && <p className="refused" role="alert">{failed}</p>}
          <Button kind="primary" wide type="submit" form="plan" busy={busy}>{t("plan.save")}</Button>
        </div>
      }
    >
      <p className="second">{t("plan.edit_lead")}</p>
      <form id="plan" onSubmit={(event) => void save(event)}>
        <ol className="rail plan">
          {parts.map((part, index) => (
            <li key={part.id}>
              <span className="rail-node" aria-hidden="true">{index + 1}</span>
              <fieldset className="stack close">
                <legend className="part-name">{t(`plan.${part.id}`)}</legend>
                <p className="second small">{t(`plan.${part.id}_hint`)}</p>
                {draft[part.id].map((line, at) => (
                  <div className="line" key={at}>
                    <textarea className="input own" rows={1} dir="auto" value={line.text} maxLength={400} aria-label={t("plan.line", { part: t(`plan.${part.id}`), n: at + 1 })}
                      onChange={(event) => change(part.id, draft[part.id].map((one, other) => (other === at ? { ...one, text: event.target.value } : one)))} />
                    {part.kind !== "lines" && (
                      <input className="input phone" type="tel" value={line.phone} maxLength={40} placeholder={t("plan.phone")} aria-label={t("plan.phone_of", { name: line.text || String(at + 1) })}
                        onChange={(event) => change(part.id, draft[part.id].map((one, other) => (other === at ? { ...one, phone: event.target.value } : one)))} />
                    )}
                    <button type="button" className="take-out" aria-label={t("plan.remove", { what: line.text || String(at + 1) })} onClick={() => change(part.id, draft[part.id].filter((_, other) => other !== at))}>
                      <Icon of={X} />
                    </button>
                  </div>
                ))}
                <div><Button icon={Plus} kind="quiet" onClick={() => change(part.id, [...draft[part.id], { text: "", phone: "" }])}>{t(part.kind === "lines" ? "plan.add_line" : part.kind === "people" ? "plan.add_person" : "plan.add_place")}</Button></div>
              </fieldset>
            </li>
          ))}
        </ol>
      </form>
    </Shell>
  );
}
