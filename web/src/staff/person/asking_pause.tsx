import { useState } from "react";
import type { AskPause } from "../../api/generated";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { Field } from "../parts/field";
import { Sheet } from "../parts/sheet";
import { use_tell } from "../parts/toast";
import { use_end_pause, use_pause } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { use_said } from "./treatment";

interface Props {
  person: string;
  first: string;
  pause: AskPause | undefined;
  longest: number;
}

const weeks = ["1", "2", "4"] as const;

/** A while in which nothing is asked: whose it is and until when, and a way to begin or end one. */
export function AskingPause({ person, first, pause, longest }: Props) {
  const words = use_words();
  const when = use_when();
  const said = use_said();
  const { tell } = use_tell();
  const begin = use_pause();
  const end = use_end_pause();
  const [open, set_open] = useState(false);
  const [chosen, set_chosen] = useState<(typeof weeks)[number]>("1");
  const [reason, set_reason] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const close = () => (set_open(false), set_problem(null));
  const save = () => begin.mutate({ person, days: Number(chosen) * 7, reason: reason.trim() || undefined }, { onSuccess: () => (close(), set_reason("")), onError: (told) => set_problem(said(told)) });
  if (pause)
    return (
      <div className="asking-pause">
        <p>
          <strong>{words(pause.by === "person" ? "asking.paused_own" : "asking.paused", { name: first, at: when.weekday(pause.until) })}</strong> {pause.reason && <q>{pause.reason}</q>} <span className="second">{words("asking.pause_means")}</span>
        </p>
        <Button size="s" look="edge" onPress={() => end.mutate(person, { onError: (told) => tell(said(told)) })} isDisabled={end.isPending}>
          {words("asking.pause_end")}
        </Button>
      </div>
    );
  return (
    <>
      <p>
        <Button size="s" look="quiet" onPress={() => set_open(true)}>
          {words("asking.pause")}
        </Button>
      </p>
      <Sheet title={words("asking.pause_title", { name: first })} open={open} close={close}>
        <p className="second">{words("asking.pause_means")}</p>
        <Choice label={words("asking.pause_for")} label_shown value={chosen} onChange={set_chosen} options={weeks.filter((n) => Number(n) * 7 <= longest).map((n) => ({ id: n, text: words("asking.pause_weeks", { n: Number(n) }) }))} />
        <Field label={words("asking.pause_reason")} hint={words("asking.pause_reason_hint", { name: first })} value={reason} onChange={set_reason} problem={problem} maxLength={500} />
        <div>
          <Button look="primary" onPress={save} isDisabled={begin.isPending}>
            {words("asking.pause_begin")}
          </Button>
        </div>
      </Sheet>
    </>
  );
}
