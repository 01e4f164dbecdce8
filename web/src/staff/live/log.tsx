import { useLayoutEffect, useRef } from "react";
import { Human_mark, Urgency_mark } from "../../base/marks";
import type { Block, Message } from "../nouns";
import { Marked } from "../parts/marked";
import { use_when } from "../when";
import { use_words } from "../words";

const near = 120; // px from the end within which new messages pull the view along

/** The conversation on the rail: blue while the AI speaks, lit while a human does. Each message starts with its speaker. */
export function Log({ messages, first, me_name, lit_from }: { messages: readonly Message[]; first: string; me_name: string; lit_from: string | null }) {
  const words = use_words();
  const when = use_when();
  const box = useRef<HTMLDivElement>(null);
  const was_near = useRef(true);
  useLayoutEffect(() => {
    if (box.current && was_near.current) box.current.scrollTop = box.current.scrollHeight;
  }, [messages.length]);

  /* The server names the event, the page words it. */
  const came_or_went = (message: Message) => (message.text === "joined" || message.text === "left" ? words(`live.${message.text}`, { name: message.author_name ?? "" }) : message.text);
  let lit = false;
  return (
    <div
      className="log"
      role="log"
      aria-label={words("live.log", { name: first })}
      tabIndex={0}
      ref={box}
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
        was_near.current = scrollHeight - scrollTop - clientHeight < near;
      }}
    >
      <ol className="log-list">
        {messages.map((message) => {
          if (message.author === "human") lit = true;
          if (message.author === "ai") lit = false;
          if (lit_from && message.author === "system" && Date.parse(message.at) >= Date.parse(lit_from) - 2000) lit = true;
          const mine = message.author === "human" && message.author_name === me_name;
          const speaker = message.author === "person" ? first : message.author === "ai" ? words("live.author_ai") : message.author === "human" ? [message.author_name, message.author_role].filter(Boolean).join(", ") : "";
          return (
            <li key={message.id} className={`log-entry ${message.author}${lit ? " lit" : ""}`}>
              {message.author === "system" ? (
                <p className="log-system">
                  <Human_mark name={message.author_name ?? message.text.split(",")[0]} small />
                  <span>
                    {came_or_went(message)} <time dateTime={message.at}>{when.time(message.at)}</time>
                  </span>
                </p>
              ) : (
                <>
                  <p className="log-who">
                    <strong>{speaker}</strong> {mine && <span>{words("live.you")}</span>} <time dateTime={message.at}>{when.time(message.at)}</time>
                    {message.from_voice_note && <span className="second small"> {words("live.from_voice_note")} </span>}
                    {message.urgency && message.urgency !== "usual" && <Urgency_mark urgency={message.urgency} />}
                  </p>
                  <div className={`log-words ${message.author}`}>
                    {message.author === "ai" && message.blocks && message.blocks.length > 0 ? message.blocks.map((block, i) => <BlockWords key={i} block={block} />) : <Marked text={message.text} marks={message.marks} />}
                  </div>
                </>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** What the AI showed, as words: staff see the same content, without its buttons. */
function BlockWords({ block }: { block: Block }) {
  const words = use_words();
  if (block.kind === "steps" || block.kind === "calls") {
    return (
      <ol className="block-steps">
        {block.items.map((item, i) => (
          <li key={i} dir="auto">
            {"text" in item ? item.text : `${item.label || (item.action === "safety_plan" ? words("card.plan") : item.action === "talk_to_person" ? words("live.offered") : "")} ${item.tel_text ?? item.tel ?? ""}`} {item.detail && <span className="second">{item.detail}</span>}
          </li>
        ))}
      </ol>
    );
  }
  return (
    <>
      <p dir="auto">{block.kind === "exercise" ? `${block.title}. ${block.text}` : block.text}</p>
      {block.kind === "question" && block.choices && <p className="faint small">{block.choices.map((choice) => choice.text).join(" · ")}</p>}
    </>
  );
}
