import { useQuery } from "@tanstack/react-query";
import { ChevronRight, ListChecks } from "lucide-react";
import type { QuestionnaireSummary } from "../../api/generated";
import { get } from "../../base/client";
import { Icon } from "../../base/icon";
import { Empty, Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { href } from "../router";
import { Shell } from "../shell/shell";
import "./questions.css";

/** The published name with the short one that clinicians and letters use: "Patient Health Questionnaire-9 (PHQ-9)". */
function published_name({ id, name }: QuestionnaireSummary): string {
  const short = id.toUpperCase();
  return name.toUpperCase().includes(short) ? name : `${name} (${short})`;
}

export default function Questionnaires() {
  const t = use_text();
  const list = useQuery({ queryKey: ["questionnaires"], queryFn: ({ signal }) => get("/questionnaires", { signal }) });
  return (
    <Shell title={t("questions.title")} back="/check-in">
      <p className="second">{t("questions.lead")}</p>
      {list.isPending && <Loading what={t("questions.loading")} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={t("questions.none")} />}
      {list.data && (
        <ul className="menu">
          {list.data.items.map((one) => (
            <li key={one.id}>
              {one.available ? (
                <a href={href(`/questions/${one.id}`)}>
                  <Icon of={ListChecks} size={22} />
                  <span>
                    <strong>{one.title}</strong>
                    <span className="second">{t("questions.about", { name: published_name(one), minutes: one.minutes })}</span>
                  </span>
                  <Icon of={ChevronRight} />
                </a>
              ) : (
                <div className="closed">
                  <strong>{one.title}</strong>
                  <span className="second">{one.why_not ?? t("questions.not_here")}</span>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </Shell>
  );
}
