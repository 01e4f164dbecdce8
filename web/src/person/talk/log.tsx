/* The conversation along its rail: blue while the AI speaks, lit while a human does. */

import { Fragment, type ReactNode } from "react";
import { CircleAlert } from "lucide-react";
import type { Conversation, Message } from "../../api/generated";
import { Icon } from "../../base/icon";
import { initials_of } from "../../base/marks";
import { Text, use_text, use_when, day_number } from "../../base/text";
import { href } from "../router";
import { role_word } from "../spoken";
import { Blocks, type Block_actions } from "./blocks";
import { Paragraphs } from "./rich";
import type { Unsent } from "./outbox";

interface Log_props {
  conversation: Conversation;
  unsent: readonly Unsent[];
  choose: (message: string, choice: string, text: string) => void;
  talk_to_person: () => void;
  try_again: () => void;
  mend: (client_id: string) => void;
}

/** For each message whether a human has the conversation then: the rail is lit from the joining to the leaving. */
function lit_of(messages: readonly Message[], now_human: boolean): boolean[] {
  let lit = false;
  const all = messages.map((message) => {
    if (message.author === "human") lit = true;
    else if (message.author === "system") lit = message.text === "joined";
    else if (message.author === "ai") lit = false;
    return lit;
  });
  if (now_human && all.length > 0 && messages[messages.length - 1]?.author === "person") all[all.length - 1] = true;
  return all;
}

export function Log({ conversation, unsent, choose, talk_to_person, try_again, mend }: Log_props) {
  const t = use_text();
  const when = use_when();
  const messages = conversation.messages;
  const lit = lit_of(messages, conversation.state === "human");
  const last = messages[messages.length - 1];
  const days = new Set(messages.map((message) => day_number(new Date(message.at)))).size;
  let day = Number.NaN;
  let speaker = "";

  return (
    <div className="log-frame" role="log" aria-live="off" aria-label={t("talk.log")}>
      <ol className="log">
        {messages.map((message, index) => {
          const own_day = day_number(new Date(message.at));
          const new_day = own_day !== day;
          day = own_day;
          const same_speaker = message.author === "human" && speaker === message.author_name;
          speaker = message.author === "human" ? (message.author_name ?? "") : "";
          const answerable = message === last && unsent.length === 0;
          return (
            <Fragment key={message.id}>
              {new_day && days > 1 && <li className={`day${lit[index] ? " lit" : ""}`}><h2>{when.day(message.at)}</h2></li>}
              <li className={`turn ${message.author}${lit[index] ? " lit" : ""}${index === 0 && message.author === "ai" ? " notice-first" : ""}`}>
                <One message={message} first={index === 0} same_speaker={same_speaker}
                  actions={{ talk_to_person, choose: answerable ? (choice, text) => choose(message.id, choice, text) : undefined }} />
              </li>
            </Fragment>
          );
        })}
        {unsent.map((one) => (
          <Fragment key={one.client_id}>
            <li className={`turn person${conversation.state === "human" ? " lit" : ""}`}>
              <span className="unseen">{t("talk.you")}</span>
              <div className={`bubble ${one.state}`} dir="auto"><Paragraphs text={one.text} /></div>
              {one.state !== "sending" && (
                <p className="not-sent">
                  <Icon of={CircleAlert} size={16} /> {one.state === "refused" && one.why ? one.why : t("talk.not_sent")}{" "}
                  {one.state === "refused"
                    ? <button type="button" className="link" onClick={() => mend(one.client_id)}>{t("talk.mend")}</button>
                    : <button type="button" className="link" onClick={try_again}>{t("state.try_now")}</button>}
                </p>
              )}
            </li>
            {one.blocks && <li className="turn ai"><From_ai><Blocks of={one.blocks} /></From_ai></li>}
          </Fragment>
        ))}
      </ol>
    </div>
  );
}

function One({ message, first, same_speaker, actions }: { message: Message; first: boolean; same_speaker: boolean; actions: Block_actions }) {
  const t = use_text();
  const blocks = message.blocks ?? [];
  const content = blocks.length > 0 ? <Blocks of={blocks} {...actions} /> : <div className="said"><Paragraphs text={message.text} /></div>;

  if (message.author === "person")
    return (
      <>
        <span className="unseen">{t("talk.you")}</span>
        <div className="bubble" dir="auto"><Paragraphs text={message.text} /></div>
      </>
    );
  if (message.author === "human") {
    const name = message.author_name ?? "";
    const short = name.split(" ")[0] ?? name;
    return (
      <div className="human-words">
        <p className="speaker">{same_speaker || !message.author_role ? short : t("talk.human_speaker", { name: short, role: role_word(message.author_role) })}</p>
        <Paragraphs text={message.text} />
      </div>
    );
  }
  if (message.author === "system") return <Came_or_went message={message} />;
  return (
    <From_ai by_model={message.by_model}>
      {content}
      {first && <p className="readers"> <a href={href("/more/privacy")}>{t("talk.who_reads")}</a></p>}
    </From_ai>
  );
}

function From_ai({ by_model, children }: { by_model?: boolean; children: ReactNode }) {
  const t = use_text();
  return (
    <>
      <span className="rail-node" aria-hidden="true" />
      <p className="speaker">{t("talk.ai_speaker")}{by_model && ` · ${t("talk.by_model")}`}</p>
      {children}
    </>
  );
}

/** A human joined or left: the server names the event, the page words it. */
function Came_or_went({ message }: { message: Message }) {
  const when = use_when();
  const name = message.author_name ?? "";
  const known = message.text === "joined" || message.text === "left";
  return (
    <div className="event">
      {message.text === "joined" ? <span className="mark" aria-hidden="true">{initials_of(name)}</span> : <span className="rail-node" aria-hidden="true" />}
      <div className="second">
        {known ? <p><Text id={`talk.${message.text}`} values={{ name, first: name.split(" ")[0] ?? name, time: when.time(message.at) }} /></p> : <Paragraphs text={message.text} />}
      </div>
    </div>
  );
}
