import { useState } from "react";
import { Failed, Loading } from "../../base/states";
import type { MeasureOutcomes, OutcomeRow, ServiceOutcomes } from "../nouns";
import { country } from "../country";
import { Choice } from "../parts/choice";
import { use_age } from "../parts/who";
import { use_service_outcomes } from "../server";
import { use_when } from "../when";
import { type WordId, use_words } from "../words";
import { Share } from "./share";

const kinds = ["better", "worse", "recovered", "reliably_recovered"] as const;
type Kind = (typeof kinds)[number];
const divisions = ["age_band", "language", "country"] as const;

/** Are people getting better, and who: crude shares, where they began, and what one would expect from that. Small numbers are not there. */
export function Outcomes() {
  const words = use_words();
  const outcomes = use_service_outcomes();
  return (
    <>
      <section className="block service-wide" aria-labelledby="better">
        <h2 id="better">{words("service.getting_better")}</h2>
        {outcomes.isPending && <Loading what={words("service.loading")} />}
        {outcomes.isError && !outcomes.data && <Failed title={words("service.failed")} error={outcomes.error} retry={() => void outcomes.refetch()} />}
        {outcomes.data && <Measures of={outcomes.data} />}
      </section>
      {outcomes.data && <Contacts of={outcomes.data} />}
    </>
  );
}

function Measures({ of }: { of: ServiceOutcomes }) {
  const words = use_words();
  const [picked, set_picked] = useState<string | null>(null);
  const [kind, set_kind] = useState<Kind>("better");
  const measures = of.measures;
  const measure = measures.find((one) => one.instrument === picked) ?? measures.find((one) => one.instrument === "phq-9") ?? measures[0];
  if (!measure) return <p className="second">{words("service.no_courses")}</p>;
  return (
    <>
      <div className="page-head">
        <p className="second">{words("service.better_lead")}</p>
        <span className="head-space" />
        {measures.length > 1 && <Choice label={words("chart.which")} value={measure.instrument} onChange={set_picked} options={measures.map((one) => ({ id: one.instrument, text: one.instrument === "together" ? words("service.together") : one.instrument.toUpperCase() }))} />}
      </div>
      <ul className="share-list">
        {kinds.map((each) => (
          <li key={each}>
            <span>{words(`service.${each}`)}</span>
            <Told share={measure.rows[0]?.[each]} of={of} />
          </li>
        ))}
      </ul>
      <div className="page-head">
        <h3>{words("service.for_whom")}</h3>
        <span className="head-space" />
        <Choice label={words("service.for_whom")} value={kind} onChange={set_kind} options={kinds.map((each) => ({ id: each, text: words(`service.${each}`) }))} />
      </div>
      <Division title={words("service.by_start")} rows={measure.rows.filter((row) => row.by === "start").sort((a, b) => Number.parseInt(a.group, 10) - Number.parseInt(b.group, 10))} kind={kind} of={of} name={(group) => words("service.start", { group })} />
      <p className="second small">{words("service.case_mix")}</p>
      {divisions.map((by) => (
        <ByGroup key={by} by={by} measure={measure} kind={kind} of={of} />
      ))}
    </>
  );
}

function ByGroup({ by, measure, kind, of }: { by: (typeof divisions)[number]; measure: MeasureOutcomes; kind: Kind; of: ServiceOutcomes }) {
  const words = use_words();
  const age = use_age();
  const language = (tag: string) => new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag;
  const name = by === "age_band" ? age : by === "country" ? country : language;
  return <Division title={words(`service.by_${by}` as WordId)} rows={measure.rows.filter((row) => row.by === by)} kind={kind} of={of} name={name} />;
}

function Division({ title, rows, kind, of, name }: { title: string; rows: readonly OutcomeRow[]; kind: Kind; of: ServiceOutcomes; name(group: string): string }) {
  if (rows.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul className="share-list">
        {rows.map((row) => (
          <li key={row.group}>
            <span>{name(row.group)}</span>
            <Told share={row[kind]} of={of} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** What may be told of a share, in words where it may not. */
function Told({ share, of }: { share: OutcomeRow["better"] | undefined; of: ServiceOutcomes }) {
  const words = use_words();
  if (share?.of == null) return <span className="second">{words("service.hidden_people", { n: of.fewest_people })}</span>;
  if (share.count == null) return <span className="second">{words("service.hidden_count", { n: of.fewest_counted, of: share.of })}</span>;
  return <Share count={share.count} of={share.of} expected={share.expected ?? null} />;
}

function Contacts({ of }: { of: ServiceOutcomes }) {
  const words = use_words();
  const when = use_when();
  const { contacts } = of;
  const rounded = (number: number | null | undefined) => (Math.round((number ?? 0) * 10) / 10).toFixed(1);
  return (
    <section className="block" aria-labelledby="contacts">
      <h2 id="contacts">{words("service.contacts")}</h2>
      {contacts.people == null ? (
        <p className="second">{words("service.hidden_people", { n: of.fewest_people })}</p>
      ) : (
        <dl className="figures">
          <div>
            <dt>{words("service.contacts_before", { days: contacts.days })}</dt>
            <dd>{rounded(contacts.before)}</dd>
          </div>
          <div>
            <dt>{words("service.contacts_after", { days: contacts.days })}</dt>
            <dd>{rounded(contacts.after)}</dd>
          </div>
        </dl>
      )}
      <p className="second small">
        {words("service.contacts_means", { n: contacts.people ?? 0 })} {words("service.as_of", { at: when.day_and_time(of.as_of) })}
      </p>
    </section>
  );
}
