import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { ExternalLink, MessageSquare, Phone } from "lucide-react";
import type { Resource } from "../../api/generated";
import { Link_button } from "../../base/button";
import { get } from "../../base/client";
import { lines_of } from "../../base/device";
import { use_language } from "../../base/language";
import { Choice_field } from "../../base/field";
import { Empty, Failed, Loading } from "../../base/states";
import { use_text, use_when } from "../../base/text";
import { hours_in } from "../../help/words";
import { sms, tel } from "../parts";
import { href } from "../router";
import { Shell } from "../shell/shell";
import { use_country_word, use_help_page, use_language_word } from "../spoken";
import { Near } from "./near";
import "./more.css";

/** The names the list gives to those a line is for; another stands as the list has it. */
const audiences = ["all", "youth", "domestic_violence", "sexual_violence", "eating_disorder", "substance", "lgbtq", "lgbtq_youth", "veterans", "child_protection", "men", "parents", "trauma", "indigenous"] as const;
type Audience = (typeof audiences)[number];

/** Where help is, for whom: only what a public list names and this service has accepted. */
export default function Resources() {
  const t = use_text();
  const help_page = use_help_page();
  const country_of = use_country_word();
  const country = lines_of().country ?? "";
  const [chosen, set_chosen] = useState<Audience>("all");
  const list = useQuery({ queryKey: ["resources", country], queryFn: ({ signal }) => get("/resources", { query: { country }, signal }), enabled: country !== "" });
  const here = audiences.filter((audience) => list.data?.audiences.includes(audience));
  const shown = here.includes(chosen) ? chosen : here[0];
  const hours_of = use_hours();
  return (
    <Shell title={t("resources.title")} back="/more">
      <div>
        <h2 className="voice">{t("more.resources")}</h2>
        <p className="second">{t("resources.lead")}</p>
      </div>
      {country === "" && <Empty title={t("resources.no_country")}><p><a href={help_page}>{t("resources.choose_country")}</a></p></Empty>}
      {country !== "" && list.isPending && <Loading what={t("resources.loading")} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.data && list.data.items.length === 0 && <Empty title={t("resources.none", { name: country_of(country, list.data.country_name) })}><p>{t("resources.none_what")}</p></Empty>}
      {here.length > 1 && shown && (
        <Choice_field label={t("resources.for_whom")} value={shown} onChange={(next) => set_chosen(here.find((audience) => audience === next) ?? "all")}>
          {here.map((audience) => <option key={audience} value={audience}>{t(`resources.${audience}`)}</option>)}
        </Choice_field>
      )}
      {shown && (
        <ul className="looked" aria-label={t(`resources.${shown}`)}>
          {list.data?.items.filter((one) => one.audience === shown).map((one) => <Entry key={one.id} one={one} />)}
        </ul>
      )}
      {list.data && list.data.own.length > 0 && <Near all={list.data.own} told={hours_of} />}
      <p className="second small">{t("resources.no_distance")} <a href={href("/talk")}>{t("resources.ask_in_talk")}</a></p>
    </Shell>
  );
}

/** Whether a line is open, as far as its hours say, and the hours themselves. */
function use_hours(): (one: Pick<Resource, "always_open" | "open" | "until" | "hours">) => string[] {
  const t = use_text();
  const when = use_when();
  const { language } = use_language();
  return (one) => {
    if (one.always_open) return [t("resources.open_now")];
    // When it opens or shuts stands by this device's clock, as the person may be somewhere else.
    const until = one.until ? t("resources.until", { time: Date.parse(one.until) - Date.now() < 20 * 3_600_000 ? when.time(one.until) : when.day_and_time(one.until) }) : "";
    const written = one.hours ? t("resources.hours", { time: (language === "en" ? null : hours_in(language, one.hours, t("resources.daily"))) ?? one.hours }) : t("resources.hours_unknown");
    return [one.open === undefined ? "" : [t(one.open ? "resources.open" : "resources.shut"), until].filter(Boolean).join(", "), written].filter(Boolean);
  };
}

function Entry({ one }: { one: Resource }) {
  const t = use_text();
  const when = use_when();
  const language_word = use_language_word();
  const hours_of = use_hours();
  const languages = one.languages.map(language_word).join(", ");
  const facts = [
    ...hours_of(one),
    one.free === true ? t("resources.free") : one.free === false ? t("resources.not_free") : "",
    languages,
    one.how ?? "",
    one.where ?? "",
  ].filter(Boolean);
  return (
    <li className="resource">
      <div className="grow">
        <strong dir="auto">{one.name}</strong>
        <p className="second">{facts.map((fact) => (/[.!?]$/.test(fact) ? fact : `${fact}.`)).join(" ")}</p>
        <p className="second small">{one.checked_on ? t("resources.checked", { day: when.short_day(one.checked_on) }) : t("resources.lists", { n: one.lists })}{one.confirmed ? "" : ` ${t("resources.not_confirmed")}`}</p>
        <div className="ways">
          {one.phone && <Link_button kind="lamp" icon={Phone} href={tel(one.dial ?? one.phone)} aria-label={t("call.with_number", { name: one.name, number: one.phone })}><span className="isolate">{one.phone}</span></Link_button>}
          {one.sms && <Link_button kind="lamp-line" icon={MessageSquare} href={sms(one.sms.number, one.sms.keyword)} aria-label={t("call.text_to", { name: one.name, number: one.sms.number })}>{t("call.text")}</Link_button>}
          {one.chat_url && <Link_button kind="lamp-line" icon={ExternalLink} href={one.chat_url} rel="noreferrer" aria-label={`${t("resources.chat")}, ${one.name}`}>{t("resources.chat")}</Link_button>}
        </div>
      </div>
    </li>
  );
}
