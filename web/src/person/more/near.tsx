import { useState } from "react";
import { ExternalLink, Phone } from "lucide-react";
import type { Coordinates, OwnResource } from "../../api/generated";
import { Link_button } from "../../base/button";
import { Choice_field } from "../../base/field";
import { use_text, use_when } from "../../base/text";
import { tel } from "../parts";
import { use_language_word } from "../spoken";

/** Kilometres over the ground between two places. */
export function distance(one: Coordinates, other: Coordinates): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (from: number, to: number) => Math.sin(rad(to - from) / 2) ** 2;
  const root = half(one.latitude, other.latitude) + Math.cos(rad(one.latitude)) * Math.cos(rad(other.latitude)) * half(one.longitude, other.longitude);
  return 2 * 6371 * Math.asin(Math.sqrt(Math.min(1, root)));
}

/** Help near by that the service itself knows. A town is chosen here, on this page alone: nothing asks the device where it is. */
export function Near({ all, told }: { all: readonly OwnResource[]; told(one: OwnResource): string[] }) {
  const t = use_text();
  const when = use_when();
  const language_word = use_language_word();
  const [town, set_town] = useState("");
  const towns = [...new Map(all.flatMap((one) => (one.at && one.town ? [[one.town, one.at] as const] : []))).entries()];
  const here = towns.find(([name]) => name === town)?.[1];
  const far = (one: OwnResource) => (here && one.at ? distance(here, one.at) : Infinity);
  const sorted = [...all].sort((one, other) => (far(one) === far(other) ? 0 : far(one) - far(other)));
  return (
    <section className="stack close">
      <h3>{t("resources.own")}</h3>
      <p className="second">{t("resources.own_lead")}</p>
      {towns.length > 1 && (
        <Choice_field label={t("resources.near")} hint={t("resources.near_what")} value={town} onChange={set_town}>
          <option value="">{t("resources.near_nowhere")}</option>
          {towns.map(([name]) => <option key={name} value={name}>{name}</option>)}
        </Choice_field>
      )}
      <ul className="looked" aria-label={t("resources.own")}>
        {sorted.map((one, at) => (
          <li className="resource" key={at}>
            <div className="grow">
              <strong dir="auto">{one.name}</strong>
              <p className="second">{[t(`resources.kind_${one.kind}`), one.what ?? "", ...told(one), one.cost ? t(`resources.own_${one.cost}`) : "", one.languages.map(language_word).join(", "), [one.place, one.town].filter(Boolean).join(", ")].filter(Boolean).map((fact) => (/[.!?]$/.test(fact) ? fact : `${fact}.`)).join(" ")}</p>
              {here && one.at && one.town !== town && <p className="second">{t("resources.far", { n: Math.max(1, Math.round(far(one))), name: town })}</p>}
              <p className="second small">{t("resources.checked", { day: when.short_day(one.checked_on) })}</p>
              <div className="ways">
                {one.phone && <Link_button kind="lamp" icon={Phone} href={tel(one.phone)} aria-label={t("call.with_number", { name: one.name, number: one.phone })}><span className="isolate">{one.phone}</span></Link_button>}
                {one.web && <Link_button kind="lamp-line" icon={ExternalLink} href={one.web} rel="noreferrer" aria-label={`${t("resources.web")}, ${one.name}`}>{t("resources.web")}</Link_button>}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
