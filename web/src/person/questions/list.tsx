import { useQuery } from "@tanstack/react-query";
import { ChevronRight, ListChecks } from "lucide-react";
import type { QuestionnaireSummary } from "../../api/generated";
import { get } from "../../base/client";
import { use_language } from "../../base/language";
import { language_of } from "../../messages/languages";
import { Icon } from "../../base/icon";
import { Empty, Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { href } from "../router";
import { Shell } from "../shell/shell";
import { Said, use_language_word } from "../spoken";
import "./questions.css";

/** The published name with the short one that clinicians and letters use: "Patient Health Questionnaire-9 (PHQ-9)". */
function published_name({ id, name }: QuestionnaireSummary): string {
  const short = id.toUpperCase();
  return name.toUpperCase().includes(short) ? name : `${name} (${short})`;
}

export default function Questionnaires() {
  const t = use_text();
  const { language } = use_language();
  const language_word = use_language_word();
  const list = useQuery({ queryKey: ["questionnaires"], queryFn: ({ signal }) => get("/questionnaires", { signal }) });
  // The others are asked by somebody, or their words are not here.
  const items = list.data?.items.filter((one) => one.available && one.by_themselves);
  return (
    <Shell title={t("questions.title")} back="/check-in">
      <p className="second">{t("questions.lead")}</p>
      {list.isPending && <Loading what={t("questions.loading")} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {items?.length === 0 && <Empty title={t("questions.none")} />}
      {items && (
        <ul className="menu">
          {items.map((one) => (
            <li key={one.id}>
              <a href={href(`/questions/${one.id}`)}>
                <Icon of={ListChecks} size={22} />
                <span>
                  <strong><Said text={one.title} /></strong>
                  <span className="second">{t("questions.about", { name: published_name(one), minutes: one.minutes })}{one.languages.some((tag) => language_of(tag) === language) ? "" : `. ${t("questions.only_in", { language: language_word(one.languages[0] ?? "en") })}`}</span>
                </span>
                <Icon of={ChevronRight} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </Shell>
  );
}
