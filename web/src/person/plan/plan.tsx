import { useEffect } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Phone, Printer } from "lucide-react";
import type { Help, SafetyPlan } from "../../api/generated";
import { Button, Link_button } from "../../base/button";
import { get, put } from "../../base/client";
import { forget, keep, kept, kept_plan, lines_of } from "../../base/device";
import { as_problem } from "../../base/problem";
import { Empty, Failed, Loading, Notice } from "../../base/states";
import { use_text } from "../../base/text";
import { tel, Yes_no } from "../parts";
import { href } from "../router";
import { Shell } from "../shell/shell";
import { From_small_steps } from "./steps";
import { empty_plan, is_empty, parts, type Part } from "./parts";
import "./plan.css";

const key = ["safety-plan"];

/** The plan from the server, or, with no network, the copy the person chose to keep here. */
async function load(signal: AbortSignal): Promise<SafetyPlan & { from_device?: boolean }> {
  try {
    const plan = await get("/safety-plan", { signal });
    if (plan.kept_on_device) void keep(kept_plan, plan);
    return plan;
  } catch (error) {
    const problem = as_problem(error);
    if (problem.status === 404) return empty_plan;
    const copy = problem.may_pass ? await kept<SafetyPlan>(kept_plan) : null;
    if (copy) return { ...copy, from_device: true };
    throw error;
  }
}

export const use_plan = () => useQuery({ queryKey: key, queryFn: ({ signal }) => load(signal) });

export default function Plan() {
  const t = use_text();
  const plan = use_plan();
  const shown = plan.data;
  return (
    <Shell title={t("tab.plan")}>
      {plan.isPending && <Loading what={t("plan.loading")} />}
      {plan.isError && !shown && <Failed title={t("plan.failed")} safe={t("plan.failed_safe")} error={plan.error} retry={() => void plan.refetch()} />}
      {shown && is_empty(shown) && (
        <Empty title={t("plan.empty")}>
          <p>{t("plan.empty_why")}</p>
          <Link_button kind="primary" href={href("/plan/edit")}>{t("plan.start")}</Link_button>
        </Empty>
      )}
      {shown && !is_empty(shown) && <Written plan={shown} />}
      {shown && !shown.from_device && <From_small_steps />}
    </Shell>
  );
}

function Written({ plan }: { plan: SafetyPlan & { from_device?: boolean } }) {
  const t = use_text();
  const queries = useQueryClient();
  const of = lines_of();
  const help = useQuery({ queryKey: ["help", of.country], queryFn: ({ signal }) => get("/help", { query: of, signal }) });
  const change = useMutation({
    mutationFn: (more: Partial<SafetyPlan>) => put("/safety-plan", { body: { version: plan.version, parts: plan.parts, shared_with_team: plan.shared_with_team, kept_on_device: plan.kept_on_device, ...more } }),
    onSuccess: (saved) => {
      queries.setQueryData(key, saved);
      void queries.invalidateQueries({ queryKey: key });
    },
  });
  const keep_here = (yes: boolean) => {
    if (yes) void keep(kept_plan, { ...plan, kept_on_device: true });
    else void forget(kept_plan);
    change.mutate({ kept_on_device: yes });
  };
  useEffect(() => {
    if (!plan.from_device && !plan.kept_on_device) void forget(kept_plan);
  }, [plan]);

  return (
    <>
      <div>
        <div className="row apart">
          <h2 className="voice plan-title">{t("plan.title")}</h2>
          {!plan.from_device && <a className="edit" href={href("/plan/edit")}>{t("plan.edit")}</a>}
        </div>
        <p className="second plan-state">{t(plan.kept_on_device ? "plan.opens_offline" : "plan.needs_internet")} {t(plan.shared_with_team ? "plan.team_sees" : "plan.only_you")}</p>
      </div>
      {plan.from_device && <Notice kind="offline"><p>{t("plan.from_device")}</p></Notice>}
      <ol className="rail plan">
        {parts.map((part, index) => (
          <li key={part.id}>
            <span className="rail-node" aria-hidden="true">{index + 1}</span>
            <h3>{t(`plan.${part.id}`)}</h3>
            <Part_shown plan={plan} id={part.id} />
            {part.id === "professionals" && help.data && <Emergency help={help.data} plan={plan} />}
          </li>
        ))}
      </ol>
      <div className="section no-print">
        <h2>{t("plan.choices")}</h2>
        <Yes_no on={plan.kept_on_device} onChange={keep_here} busy={plan.from_device}>
          {t("plan.keep_here")}<span className="second small why">{t("plan.keep_here_why")}</span>
        </Yes_no>
        <Yes_no on={plan.shared_with_team} onChange={(yes) => change.mutate({ shared_with_team: yes })} busy={plan.from_device}>
          {t("plan.share_team")}<span className="second small why">{t("plan.share_team_why")}</span>
        </Yes_no>
        {change.isError && <Failed title={t("plan.not_changed")} safe={t("plan.not_changed_safe")} error={change.error} />}
        <div><Button icon={Printer} onClick={() => print()}>{t("plan.print")}</Button></div>
      </div>
    </>
  );
}

function Part_shown({ plan, id }: { plan: SafetyPlan; id: Part }) {
  const t = use_text();
  if (id === "people" || id === "professionals") {
    const people = plan.parts[id] ?? [];
    if (people.length === 0) return <p className="second">{id === "people" ? <>{t("plan.no_name")} <a href={href("/talk")}>{t("plan.find_name")}</a></> : t("plan.nothing_yet")}</p>;
    return (
      <ul className="plan-people">
        {people.map((one) => (
          <li key={one.name}>
            <span dir="auto">
              <span className={id === "people" ? "own" : "named"}>{one.name}</span>
              {id === "professionals" && one.phone && <span className="second isolate"> {one.phone}</span>}
              <span className="only-print"> {id === "people" ? one.phone : ""}</span>
            </span>
            {one.phone && <Link_button kind="lamp" icon={Phone} href={tel(one.phone)} aria-label={t("call.person", { name: one.name, number: one.phone })}>{t("call.call")}</Link_button>}
          </li>
        ))}
      </ul>
    );
  }
  if (id === "distraction") {
    const places = plan.parts.distraction ?? [];
    if (places.length === 0) return <p className="second">{t("plan.nothing_yet")}</p>;
    const with_phone = places.filter((place) => place.phone);
    return (
      <>
        <Own lines={places.filter((place) => !place.phone).map((place) => place.text)} />
        {with_phone.length > 0 && (
          <ul className="plan-people">
            {with_phone.map((place) => (
              <li key={place.text}>
                <span className="own" dir="auto">{place.text}</span>
                <Link_button kind="lamp" icon={Phone} href={tel(place.phone ?? "")} aria-label={t("call.person", { name: place.text, number: place.phone ?? "" })}>{t("call.call")}</Link_button>
              </li>
            ))}
          </ul>
        )}
      </>
    );
  }
  const lines = plan.parts[id] ?? [];
  return lines.length === 0 ? <p className="second">{t("plan.nothing_yet")}</p> : <Own lines={lines} />;
}

/** The person's own lines, as they wrote them. Whole sentences run on; anything else keeps its line. */
function Own({ lines }: { lines: readonly string[] }) {
  if (lines.every((line) => /[.!?…]$/.test(line.trim()))) return <p className="own" dir="auto">{lines.join(" ")}</p>;
  return <>{lines.map((line, at) => <p key={at} className="own" dir="auto">{line}</p>)}</>;
}

/** The emergency number stands in the plan even where the person wrote none. */
function Emergency({ help, plan }: { help: Help; plan: SafetyPlan }) {
  const t = use_text();
  const numbers = help.emergency.numbers;
  if (numbers.length === 0) return null;
  const known = new Set((plan.parts.professionals ?? []).map((one) => (one.phone ?? "").replace(/\D/g, "")));
  if (numbers.some((number) => known.has(number))) return null;
  const text = numbers.join(` ${t("word.or")} `);
  return (
    <ul className="plan-people">
      <li>
        <span><span className="named">{t("call.emergency")}</span><span className="second isolate"> {text}</span></span>
        <Link_button kind="lamp" icon={Phone} href={tel(numbers[0] ?? "")} aria-label={t("call.person", { name: t("call.emergency"), number: text })}>{t("call.call")}</Link_button>
      </li>
    </ul>
  );
}
