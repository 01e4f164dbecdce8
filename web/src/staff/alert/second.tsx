import { useState } from "react";
import type { Account, Alert } from "../nouns";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { use_tell } from "../parts/toast";
import { use_accept, use_second } from "../server";
import { use_words } from "../words";
import { handed_to, is_mine } from "./record";

/** What a colleague can do here: agree that no contact is needed, or accept a hand-over. */
export function Second({ alert, me }: { alert: Alert; me: Account }) {
  const words = use_words();
  const { tell } = use_tell();
  const second = use_second();
  const accept = use_accept();
  const [note, set_note] = useState("");
  const refused = { onError: (problem: { detail: string; no_network: boolean }) => tell(problem.no_network ? words("staff.no_answer_detail") : problem.detail || words("staff.not_done")) };
  const by = alert.acknowledged_by?.name ?? words("second.a_colleague");
  const asked = handed_to(alert);

  if (asked) {
    if (asked.id !== me.id) return <p className="notice">{words("second.waits_for", { name: asked.name })}</p>;
    return (
      <div className="notice human second-box">
        <p>{words("second.handed", { name: handed_by(alert) ?? by })}</p>
        <Button look="primary" onPress={() => accept.mutate(alert.id, refused)} isDisabled={accept.isPending}>
          {words("second.accept")}
        </Button>
      </div>
    );
  }
  if (!alert.needs_second) return null;
  if (is_mine(alert, me)) return <p className="notice">{words("second.somebody_else")}</p>;
  return (
    <div className="notice human second-box">
      <p>{words("second.asked", { name: by })}</p>
      <Field label={words("second.note")} value={note} onChange={set_note} />
      <div className="step-deeds">
        <Button look="primary" onPress={() => second.mutate({ alert: alert.id, agree: true, note: note.trim() || undefined }, refused)} isDisabled={second.isPending}>
          {words("second.agree")}
        </Button>
        <Button onPress={() => second.mutate({ alert: alert.id, agree: false, note: note.trim() || undefined }, refused)} isDisabled={second.isPending || note.trim() === ""}>
          {words("second.disagree")}
        </Button>
      </div>
    </div>
  );
}

function handed_by(alert: Alert): string | null {
  return [...alert.path].reverse().find((step) => step.kind === "outcome_handed_over")?.by ?? null;
}
