/* The parts of a reply, as the server orders them. The same parts are shown after a check-in and inside a questionnaire. */

import { MessageSquare, NotebookPen, Phone, ExternalLink, UserRound, Wind } from "lucide-react";
import type { Block, Call, Choice, Step } from "../../api/generated";
import { Link_button } from "../../base/button";
import { Icon } from "../../base/icon";
import { use_text } from "../../base/text";
import { sms, tel } from "../parts";
import { href } from "../router";
import { Exercise_step } from "./exercise_step";
import { Paragraphs, Rich } from "./rich";

export interface Block_actions {
  /** Chooses an offered answer; absent where nothing can be answered any more. */
  choose?: (choice: string, text: string) => void;
  talk_to_person?: () => void;
}

export function Blocks({ of, ...actions }: { of: readonly Block[] } & Block_actions) {
  return (
    <>
      {of.map((block, index) => (
        <One_block key={index} block={block} actions={actions} />
      ))}
    </>
  );
}

function One_block({ block, actions }: { block: Block; actions: Block_actions }) {
  switch (block.kind) {
    case "text":
      return <div className="said"><Paragraphs text={block.text} /></div>;
    case "aside":
      return <div className="aside"><Paragraphs text={block.text} call_numbers /></div>;
    case "calls":
      return <Calls items={block.items} actions={actions} />;
    case "steps":
      return <Steps items={block.items} />;
    case "told":
      return (
        <div className={`told ${block.state}`}>
          <span className={`mark${block.state === "opened" ? "" : " nobody"}`} aria-hidden="true">{block.initials ?? ""}</span>
          <p dir="auto"><Rich text={block.text} /></p>
        </div>
      );
    case "question":
      return <Question block={block} actions={actions} />;
    case "exercise":
      return (
        <>
          <Exercise_step block={block} icon={Wind} />
          <Offers choices={block.choices ?? []} actions={actions} />
        </>
      );
  }
}

function Question({ block, actions }: { block: Extract<Block, { kind: "question" }>; actions: Block_actions }) {
  return (
    <div className="question">
      {block.text && <p className="voice" dir="auto"><span className="rail-node" aria-hidden="true" />{block.text}</p>}
      <Offers choices={block.choices ?? []} actions={actions} />
    </div>
  );
}

/** Answers under a finger, while the message can still be answered. */
function Offers({ choices, actions }: { choices: readonly Choice[]; actions: Block_actions }) {
  if (choices.length === 0 || !actions.choose) return null;
  return (
    <ul className="offers">
      {choices.map((choice) => (
        <li key={choice.id}>
          <button type="button" className="button secondary" onClick={() => actions.choose?.(choice.id, choice.text)}>
            {choice.text}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What a way out is called; the person's own plan has a name of its own when the server gives none. */
function use_label(): (item: Call) => string {
  const t = use_text();
  return (item) => item.label || (item.action === "safety_plan" ? t("call.own_plan") : item.action === "talk_to_person" ? t("talk.to_person") : "");
}

const number_of = (item: { tel?: string; tel_text?: string }): string => item.tel_text || item.tel || "";

/** Each way to reach a human: its name, what it costs or when it is open, and the touch. */
function Calls({ items, actions }: { items: readonly Call[]; actions: Block_actions }) {
  const label = use_label();
  return (
    <ul className="calls">
      {items.map((item, index) => (
        <li key={index}>
          <span className="what">
            <strong dir="auto">{label(item)}</strong>
            {item.detail && <span className="second" dir="auto">{item.detail}</span>}
          </span>
          <Call_touch item={item} actions={actions} />
        </li>
      ))}
    </ul>
  );
}

function Call_touch({ item, actions }: { item: Call; actions: Block_actions }) {
  const t = use_text();
  const name = use_label()(item);
  const kind = item.primary ? "lamp" : "lamp-line";
  if (item.tel) return <Link_button kind={kind} icon={Phone} href={tel(item.tel)} aria-label={t("call.with_number", { name, number: number_of(item) })}><span className="isolate">{number_of(item)}</span></Link_button>;
  if (item.sms) return <Link_button kind={kind} icon={MessageSquare} href={sms(item.sms.number, item.sms.body)} aria-label={t("call.text_to", { name, number: item.sms.number })}>{t("call.text")}</Link_button>;
  if (item.action === "safety_plan") return <Link_button kind={kind} icon={NotebookPen} href={href("/plan")} aria-label={t("call.open_named", { name })}>{t("call.open")}</Link_button>;
  if (item.action === "talk_to_person")
    return (
      <button type="button" className={`button ${kind}`} onClick={actions.talk_to_person} disabled={!actions.talk_to_person}>
        <Icon of={UserRound} /> {t("call.ask")}
      </button>
    );
  if (item.url) return <Link_button kind={kind} icon={ExternalLink} href={item.url} rel="noreferrer" aria-label={t("call.open_named", { name })}>{t("call.open")}</Link_button>;
  return null;
}

/** At most three things to do now, emergency first. */
function Steps({ items }: { items: readonly Step[] }) {
  return (
    <ol className="steps">
      {items.map((item, index) => {
        return (
          <li key={index}>
            <span className="number-mark" aria-hidden="true">{index + 1}</span>
            <span className="what" dir="auto"><strong><Rich text={item.text} /></strong>{item.detail && <span className="second"><Rich text={item.detail} /></span>}</span>
            {calls_of(item).length > 0 && (
              <div className="step-calls">
                {calls_of(item).map((call, at) => <Step_call key={at} call={call} />)}
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** The touches of a step; one that was kept from an earlier version has its number only. */
const calls_of = (step: Step): readonly Call[] => step.calls ?? (step.tel ? [{ label: "", tel: step.tel, tel_text: step.tel_text, primary: true }] : []);

function Step_call({ call }: { call: Call }) {
  const t = use_text();
  return (
    <a className={`button ${call.primary ? "lamp" : "lamp-line"}`} href={tel(call.tel ?? "")}>
      <Icon of={Phone} size={22} />
      <span className="two-lines">
        <span className="isolate"><span className="unseen">{t("call.call")} </span>{number_of(call)} </span>
        {call.label && <span className="under-number" dir="auto">{call.label}</span>}
      </span>
    </a>
  );
}

/** True where a reply names calls or steps: the page then keeps to that one thing. */
export function has_calls(blocks: readonly Block[] | null | undefined): boolean {
  return (blocks ?? []).some((block) => block.kind === "calls" || block.kind === "steps");
}

const first_number = (step: Step | undefined): string => (step ? number_of(calls_of(step)[0] ?? {}) : "");

/** What a screen reader announces of a reply: in danger the first sentence and the first call, nothing else. */
export function spoken(text: string, blocks: readonly Block[] | null | undefined): string {
  if (!blocks || blocks.length === 0) return text;
  const first_text = blocks.find((block) => block.kind === "text");
  if (has_calls(blocks)) {
    const first = (first_text?.text ?? text).split(/(?<=[.!?:])\s/)[0] ?? "";
    const steps = blocks.find((block) => block.kind === "steps");
    const calls = blocks.find((block) => block.kind === "calls");
    const call = calls?.items.find((item) => item.tel);
    const urgent = steps ? `${steps.items[0]?.text ?? ""} ${first_number(steps.items[0])}` : call ? `${call.label ?? ""} ${number_of(call)}` : "";
    return `${first} ${urgent}`.trim().replaceAll("**", "");
  }
  return blocks.flatMap((block) => ("text" in block && block.text ? [block.text] : [])).join(" ").replaceAll("**", "") || text;
}
