import { useRef, useState } from "react";
import { new_id } from "../../base/client";
import { use_live } from "../../base/events";
import type { Account, Message } from "../nouns";
import { Button } from "../parts/button";
import { use_draft, use_write } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { DraftOffer } from "./draft";
import { SavedRepliesSheet } from "./saved_replies";

/* Text half written stays when one looks at another conversation or the connection breaks. In memory only. */
const kept = new Map<string, string>();

interface Props {
  conversation: string;
  messages: readonly Message[];
  first: string;
  language: string;
  me: Account;
  note(): void;
}

/** Writes as oneself. The text leaves the field only after the server has stored it. */
export function Composer({ conversation, messages, first, language, me, note }: Props) {
  const words = use_words();
  const when = use_when();
  const live = use_live();
  const write = use_write();
  const [text, set_text] = useState(() => kept.get(conversation) ?? "");
  const [problem, set_problem] = useState<string | null>(null);
  const [used, set_used] = useState<string | null>(null); // the message whose draft was taken
  const [choosing, set_choosing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const last = messages.findLast((message) => message.author === "person" || message.author === "human");
  const draft = use_draft(conversation, last?.author === "person" ? last.id : null).data?.draft;
  const attempt = useRef<{ text: string; client_id: string } | null>(null);

  const keep = (next: string) => {
    set_text(next);
    if (next) kept.set(conversation, next);
    else kept.delete(conversation);
  };
  const add = (more: string) => {
    keep(text.trim() === "" ? more : `${text.trimEnd()}\n\n${more}`);
    field.current?.focus();
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
    <>
      {draft && draft.to !== used && (
        <DraftOffer
          draft={draft}
          use={(words_of_it) => {
            set_used(draft.to);
            add(words_of_it);
          }}
        />
      )}
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
          ref={field}
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
          <Button size="s" look="edge" onPress={() => set_choosing(true)}>
            {words("replies.title")}
          </Button>
          <Button size="s" look="edge" onPress={note}>
            {words("live.staff_note")}
          </Button>
          <span className="head-space" />
          <Button type="submit" look="primary" isDisabled={text.trim() === "" || write.isPending} hint="Ctrl Enter">
            {words(write.isPending ? "live.sending" : problem ? "live.send_again" : "live.send")}
          </Button>
        </div>
      </form>
      <SavedRepliesSheet
        open={choosing}
        close={() => set_choosing(false)}
        first={first}
        language={language}
        may_change={me.role === "lead"}
        use={(text_of_it) => {
          set_choosing(false);
          add(text_of_it);
        }}
      />
    </>
  );
}
