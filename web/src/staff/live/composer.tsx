import { useRef, useState } from "react";
import { new_id } from "../../base/client";
import { use_live } from "../../base/events";
import { Button } from "../parts/button";
import { use_write } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";

/* Text half written stays when one looks at another conversation or the connection breaks. In memory only. */
const kept = new Map<string, string>();

interface Props {
  conversation: string;
  first: string;
  note(): void;
}

/** Writes as oneself. The text leaves the field only after the server has stored it. */
export function Composer({ conversation, first, note }: Props) {
  const words = use_words();
  const when = use_when();
  const live = use_live();
  const write = use_write();
  const [text, set_text] = useState(() => kept.get(conversation) ?? "");
  const [problem, set_problem] = useState<string | null>(null);
  const attempt = useRef<{ text: string; client_id: string } | null>(null);

  const keep = (next: string) => {
    set_text(next);
    if (next) kept.set(conversation, next);
    else kept.delete(conversation);
  };
  const send = () => {
    const said = text.trim();
    if (said === "" || write.isPending) return;
    if (attempt.current?.text !== said) attempt.current = { text: said, client_id: new_id() };
    set_problem(null);
    write.mutate(
      { conversation, text: said, client_id: attempt.current.client_id },
      {
        onSuccess: () => {
          attempt.current = null;
          keep("");
        },
        onError: (told) => set_problem(told.status === 409 ? told.detail : words("live.not_sent")),
      },
    );
  };
  const cut = live.state === "cut_off";
  return (
    <form
      className={cut ? "composer cut" : "composer"}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {(problem || cut) && (
        <p className="composer-problem" role="alert">
          {problem ?? words("live.cut", { clock: when.time(new Date(live.since)) })}
        </p>
      )}
      <textarea
        aria-label={words("live.write_to", { name: first })}
        placeholder={words("live.write_to", { name: first })}
        rows={2}
        dir="auto"
        value={text}
        onChange={(event) => keep(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            send();
          }
        }}
      />
      <div className="composer-deeds">
        <Button size="s" look="edge" onPress={note}>
          {words("live.staff_note")}
        </Button>
        <span className="head-space" />
        <Button type="submit" look="primary" isDisabled={text.trim() === "" || write.isPending} hint="Ctrl Enter">
          {words(write.isPending ? "live.sending" : problem ? "live.send_again" : "live.send")}
        </Button>
      </div>
    </form>
  );
}
