import { useState } from "react";
import type { Finding, QuietRule } from "../nouns";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Sheet } from "../parts/sheet";
import { use_tell } from "../parts/toast";
import { use_quiet, use_unquiet } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { use_said } from "./treatment";

const today = () => new Date().toISOString().slice(0, 10);

/** Known, until a day, because: what found this puts nothing of this person on the list until then. */
export function MakeQuiet({ finding }: { finding: Finding }) {
  const words = use_words();
  const said = use_said();
  const { tell } = use_tell();
  const quiet = use_quiet();
  const [open, set_open] = useState(false);
  const [until, set_until] = useState("");
  const [because, set_because] = useState("");
  const [problem, set_problem] = useState<{ at: "until" | "because"; text: string } | null>(null);
  const submit = () => {
    if (until === "") return set_problem({ at: "until", text: words("quiet.until_empty") });
    if (because.trim() === "") return set_problem({ at: "because", text: words("quiet.because_empty") });
    quiet.mutate({ finding: finding.id, until, because: because.trim() }, { onSuccess: () => (set_open(false), tell(words("quiet.saved"))), onError: (told) => set_problem({ at: "until", text: said(told) }) });
  };
  return (
    <>
      <Button size="s" look="edge" onPress={() => set_open(true)}>
        {words("quiet.make")}
      </Button>
      <Sheet title={words("quiet.title")} open={open} close={() => set_open(false)}>
        <p className="their-words">{finding.why}</p>
        <p className="second">{words("quiet.means")}</p>
        <Field label={words("quiet.until")} type="date" min={today()} value={until} onChange={set_until} problem={problem?.at === "until" ? problem.text : null} />
        <Field label={words("quiet.because")} hint={words("looked.because_hint")} lines={3} value={because} onChange={set_because} problem={problem?.at === "because" ? problem.text : null} />
        <Button look="primary" onPress={submit} isDisabled={quiet.isPending}>
          {words("quiet.save")}
        </Button>
      </Sheet>
    </>
  );
}

/** What is known and not put on the list at this moment, with who said so; anybody of the team can take it back. */
export function QuietPart({ person, items }: { person: string; items: readonly QuietRule[] }) {
  const words = use_words();
  const when = use_when();
  const said = use_said();
  const { tell } = use_tell();
  const back = use_unquiet();
  if (items.length === 0) return null;
  return (
    <section className="to-look-at" aria-labelledby="quiet">
      <h2 id="quiet">{words("quiet.list")}</h2>
      <ul className="finding-list">
        {items.map((one) => (
          <li key={one.id}>
            <p className="their-words">“{one.because}”</p>
            <p className="second small">
              {words("quiet.by", { by: one.by || words("looked.somebody"), at: when.date(one.at), until: when.day_and_time(one.ends_at) })}{" "}
              {one.rules.map((rule) => (
                <code key={rule}>{rule} </code>
              ))}
            </p>
            <Button size="s" look="quiet" isDisabled={back.isPending} onPress={() => back.mutate({ person, quiet: one.id }, { onSuccess: () => tell(words("quiet.taken_back")), onError: (told) => tell(said(told)) })}>
              {words("quiet.take_back")}
            </Button>
          </li>
        ))}
      </ul>
      <p className="second small">{words("quiet.means")}</p>
    </section>
  );
}
