import { useState } from "react";
import type { Card } from "../nouns";
import { use_when } from "../when";
import { use_words } from "../words";
import { Plan } from "./plan";
import { Sheet } from "./sheet";

const or_not = (text: string | null | undefined, otherwise: string) => (text ? text : <strong>{otherwise}</strong>);

/** What one needs to reach the person safely. What is missing stands in bold. */
export function CardFacts({ card, open_plan }: { card: Card; open_plan(): void }) {
  const words = use_words();
  const when = use_when();
  const safe = card.safe_contact;
  const contact = card.emergency_contact;
  const rules = safe ? [safe.times?.replace(/[^.!?]$/, "$&."), safe.voicemail_ok ? words("card.voicemail_yes") : words("card.voicemail_no"), safe.text_ok ? words("card.text_yes") : words("card.text_no")].filter(Boolean).join(" ") : "";
  return (
    <dl className="facts">
      <div>
        <dt>{words("card.telephone")}</dt>
        <dd>
          {safe?.phone ? <bdi className="number">{safe.phone}</bdi> : <strong>{words("card.not_known")}</strong>}
          {safe?.email && (
            <>
              <br />
              <bdi>{safe.email}</bdi>
            </>
          )}
          {rules && <span className="second"> {rules}</span>}
        </dd>
      </div>
      <div>
        <dt>{words("card.address")}</dt>
        <dd className="their-words">{or_not(card.address, words("card.not_known"))}</dd>
      </div>
      <div>
        <dt>{words("card.contact")}</dt>
        <dd>
          {contact ? (
            <>
              {[contact.name, contact.relation].filter(Boolean).join(", ")} {contact.phone && <bdi className="number">{contact.phone}</bdi>}
              <span className="second">. {words(contact.may_call ? "card.may_call" : "card.may_not_call")}.</span>
            </>
          ) : (
            <strong>{words("card.contact_none")}</strong>
          )}
        </dd>
      </div>
      <div>
        <dt>{words("card.plan")}</dt>
        <dd>
          {card.safety_plan ? (
            <>
              {card.safety_plan.updated_at && words("card.plan_yes", { ago: when.ago(card.safety_plan.updated_at) })}{" "}
              <button type="button" className="link" onClick={open_plan}>
                {words("card.plan_open")}
              </button>
            </>
          ) : (
            <strong>{words("card.plan_none")}</strong>
          )}
        </dd>
      </div>
      <div>
        <dt>{words("card.clinician")}</dt>
        <dd>{or_not(card.clinician?.name, words("card.nobody"))}</dd>
      </div>
      <div>
        <dt>{words("card.medicines")}</dt>
        <dd className="their-words">{or_not(card.medicines, words("card.not_known"))}</dd>
      </div>
      <div>
        <dt>{words("card.last_contact")}</dt>
        <dd>{card.last_contact ? `${card.last_contact.what}, ${when.day_and_time(card.last_contact.at)}` : <strong>{words("card.not_yet")}</strong>}</dd>
      </div>
    </dl>
  );
}

/** The sheet with the plan, and the way to open it. */
export function use_plan_sheet(card: Card | null | undefined) {
  const words = use_words();
  const [open, set_open] = useState(false);
  const plan = card?.safety_plan;
  return {
    open: () => set_open(true),
    has_plan: Boolean(plan),
    sheet: plan ? (
      <Sheet title={words("card.plan")} open={open} close={() => set_open(false)}>
        <Plan plan={plan.parts} />
      </Sheet>
    ) : null,
  };
}
