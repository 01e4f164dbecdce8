import { useState } from "react";
import type { Urgency } from "../nouns";
import { Button } from "../parts/button";
import { Field, Pick } from "../parts/field";
import { Sheet } from "../parts/sheet";
import { use_tell } from "../parts/toast";
import { use_set_urgency } from "../server";
import { use_words } from "../words";

const levels = ["now", "today", "soon", "usual"] as const;
type Level = (typeof levels)[number];

interface Props {
  conversation: string;
  urgency: Urgency;
  open: boolean;
  close(): void;
}

/** A human says how soon one is needed. Never without the reason. */
export function UrgencySheet({ conversation, urgency, open, close }: Props) {
  const words = use_words();
  const { tell } = use_tell();
  const set = use_set_urgency();
  const [level, set_level] = useState<Level>(levels.find((one) => one === urgency) ?? "today");
  const [reason, set_reason] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  return (
    <Sheet title={words("level.title")} open={open} close={close}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() === "") {
            set_problem(words("level.reason_empty"));
            return;
          }
          set.mutate(
            { conversation, urgency: level, reason: reason.trim() },
            {
              onSuccess: () => {
                set_reason("");
                close();
                tell(words("level.saved"));
              },
              onError: (told) => set_problem(told.no_network ? words("staff.no_answer_detail") : told.detail || words("staff.not_done")),
            },
          );
        }}
      >
        <p className="second">{words("level.lead")}</p>
        <Pick label={words("level.level")} value={level} onChange={(next) => set_level(levels.find((one) => one === next) ?? level)} options={levels.map((id) => ({ id, text: words(`urgency.${id}`) }))} />
        <Field label={words("level.reason")} lines={3} value={reason} onChange={set_reason} problem={problem} />
        <Button type="submit" look="primary" isDisabled={set.isPending}>
          {words("level.save")}
        </Button>
      </form>
    </Sheet>
  );
}
