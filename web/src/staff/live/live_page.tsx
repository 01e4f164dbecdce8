import { useState } from "react";
import { Ai_mark, Human_mark } from "../../base/marks";
import { as_problem } from "../../base/problem";
import { Empty, Failed, Loading } from "../../base/states";
import { use_take_over } from "../caseload/take_over";
import { use_keys } from "../keys/keys";
import type { Account, LivePage as Page } from "../nouns";
import { first_name } from "../parts/first_name";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { NoteSheet } from "../parts/note_sheet";
import { Sheet } from "../parts/sheet";
import { use_tell } from "../parts/toast";
import { go, to } from "../route";
import { use_conversation, use_conversation_note, use_hand_back, use_live_queue, use_summary } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { Composer } from "./composer";
import { Log } from "./log";
import { Matters } from "./matters";
import { Queue } from "./queue";
import { UrgencySheet } from "./urgency_sheet";
import { WithoutWords } from "./without_words";

/** Write as oneself, with nothing lost. */
export function LivePage({ id, me }: { id: string | null; me: Account }) {
  const words = use_words();
  const queue = use_live_queue();
  const page = use_conversation(id);
  const closed = page.isError && as_problem(page.error).status === 403;
  const summary = use_summary(closed ? id : null);
  return (
    <div className={id ? "live chosen-one" : "live"}>
      {queue.isPending ? (
        <div className="queue">
          <Loading what={words("live.loading")} />
        </div>
      ) : queue.data ? (
        <Queue live={queue.data} current={id} me={me} />
      ) : (
        <div className="queue">
          <Failed title={words("live.failed")} error={queue.error} retry={() => void queue.refetch()} />
        </div>
      )}
      {!id && (
        <div className="talk-none">
          <Empty title={words("live.choose")}>
            <p>{words("live.choose_what")}</p>
          </Empty>
        </div>
      )}
      {id && page.isPending && (
        <div className="talk-none">
          <Loading what={words("live.conversation_loading")} />
        </div>
      )}
      {id && closed && summary.data && <WithoutWords summary={summary.data} />}
      {id && page.isError && !page.data && !(closed && (summary.data || summary.isPending)) && (
        <div className="talk-none">
          <Failed title={words("live.conversation_failed")} error={page.error} retry={() => void page.refetch()} />
        </div>
      )}
      {id && page.data && <Talk key={id} page={page.data} me={me} />}
    </div>
  );
}

function Talk({ page, me }: { page: Page; me: Account }) {
  const words = use_words();
  const when = use_when();
  const { tell } = use_tell();
  const take_over = use_take_over();
  const hand_back = use_hand_back();
  const add_note = use_conversation_note();
  const [asking, set_asking] = useState(false);
  const [noting, set_noting] = useState(false);
  const [levelling, set_levelling] = useState(false);
  const [line, set_line] = useState("");
  const [problem, set_problem] = useState<string | null>(null);

  const { conversation, person } = page;
  const first = first_name(person.name, words);
  const held = conversation.state === "human" ? conversation.with : null;
  const mine = Boolean(held) && (held?.id ? held.id === me.id : held?.name === me.display_name);
  const free = conversation.state === "ai" || conversation.state === "waiting";
  const screened = [...conversation.messages].reverse().find((message) => message.author === "person" && message.urgency && message.urgency !== "usual");
  const take = () => take_over.start({ person: person.id, conversation: conversation.id, name: first });
  const give = () => {
    if (line.trim() === "") {
      set_problem(words("live.line_empty"));
      return;
    }
    hand_back.mutate(
      { conversation: conversation.id, line: line.trim() },
      {
        onSuccess: () => {
          set_asking(false);
          set_line("");
          tell(words("live.handed_back", { name: first }));
        },
        onError: (told) => set_problem(told.no_network ? words("staff.no_answer_detail") : told.detail || words("staff.not_done")),
      },
    );
  };
  use_keys({
    t: free ? take : undefined,
    b: mine ? () => set_asking(true) : undefined,
    p: () => go(to.person(person.id)),
    n: () => set_noting(true),
  });

  return (
    <>
      <section className="talk" aria-label={words("live.log", { name: first })}>
        <header className={held ? "talk-banner human" : "talk-banner"}>
          {held ? <Human_mark name={held.name} /> : conversation.state === "waiting" ? <Human_mark nobody /> : <Ai_mark />}
          <div className="talk-banner-words">
            {mine && (
              <>
                <p>{words.with("live.you_write", { b: (chunks) => <strong key="b">{chunks}</strong>, name: first, me: me.display_name, role: words(`role.${me.role}`) })}</p>
                <p className="second">{screened?.urgency ? words("live.ai_silent_screened", { urgency: words(`urgency.${screened.urgency}`).toLocaleLowerCase() }) : words("live.ai_silent")}</p>
              </>
            )}
            {held && !mine && (
              <>
                <p>
                  <strong>{words("live.other_writes", { other: held.name, name: first })}</strong>
                </p>
                <p className="second">{words("live.read_along")}</p>
              </>
            )}
            {conversation.state === "waiting" && (
              <>
                <p>
                  <strong>{words("live.waits", { name: first })}</strong>
                </p>
                {conversation.waiting && <p className="second">{words("live.asked_at", { clock: when.time(conversation.waiting.since) })}</p>}
              </>
            )}
            {conversation.state === "ai" && (
              <p>
                <strong>{words("live.ai_talks", { name: first })}</strong>
              </p>
            )}
            {conversation.state === "closed" && (
              <p>
                <strong>{words("live.is_closed")}</strong>
              </p>
            )}
          </div>
          {mine && (
            <Button size="s" onPress={() => set_asking(true)} hint="B">
              {words("live.hand_back")}
            </Button>
          )}
          {free && (
            <Button look="lamp" onPress={take} isDisabled={take_over.busy} hint="T">
              {words("alert.take_over")}
            </Button>
          )}
        </header>
        <Log messages={conversation.messages} first={first} me_name={me.display_name} lit_from={held?.since ?? null} />
        {mine && <Composer conversation={conversation.id} messages={conversation.messages} first={first} language={person.language} me={me} note={() => set_noting(true)} />}
      </section>
      <Matters page={page} level={() => set_levelling(true)} />
      <Sheet title={words("live.hand_back_title")} open={asking} close={() => set_asking(false)}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            give();
          }}
        >
          <p className="second">{words("live.hand_back_lead", { name: first })}</p>
          <Field label={words("live.line")} value={line} onChange={set_line} problem={problem} autoFocus />
          <Button type="submit" look="primary" isDisabled={hand_back.isPending}>
            {words("live.hand_back")}
          </Button>
        </form>
      </Sheet>
      <NoteSheet open={noting} close={() => set_noting(false)} save={(text) => add_note.mutateAsync({ conversation: conversation.id, text })} />
      <UrgencySheet conversation={conversation.id} urgency={conversation.urgency ?? "unknown"} open={levelling} close={() => set_levelling(false)} />
    </>
  );
}
