/* The server's fixed words as elements, for a page that has no React: in danger they come first and stay. */

import type { Block, Call } from "../api/generated";

type Made = Node | string | null | undefined;

export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Record<string, string> = {}, ...inside: Made[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  for (const each of inside) if (each) made.append(each);
  return made;
}

/** Only what a telephone understands; anything else never reaches an address. */
const tel = (number: string) => `tel:${number.replace(/[^\d+*#]/g, "")}`;
const pages: Record<string, string> = { safety_plan: "/#/plan", talk_to_person: "/#/talk" };

function address(call: Pick<Call, "tel" | "sms" | "url" | "action">): string | null {
  if (call.tel) return tel(call.tel);
  if (call.sms) return `sms:${call.sms.number.replace(/[^\d+]/g, "")}${call.sms.body ? `?body=${encodeURIComponent(call.sms.body)}` : ""}`;
  if (call.url && /^https:\/\//.test(call.url)) return call.url;
  return call.action ? (pages[call.action] ?? null) : null;
}

/** What a step on the person's own pages is called: the server names only what lies outside them. */
export type Names = Readonly<Record<string, string>>;

/** Nothing for a step that this page has no name for: an empty button helps nobody. */
function call_item(call: Call, names: Names): HTMLElement | null {
  const to = address(call);
  const named = call.label || names[call.action ?? ""] || "";
  if (!named) return null;
  const label = call.tel_text && !named.includes(call.tel_text) ? `${named} ${call.tel_text}` : named;
  return element("li", {}, to ? element("a", { class: `button ${call.primary ? "lamp" : "lamp-line"}`, href: to, rel: "noreferrer" }, label) : element("strong", {}, label), call.detail ? element("span", { class: "second" }, ` ${call.detail}`) : null);
}

function paragraphs(text: string): HTMLElement[] {
  return text.split(/\n+/).filter(Boolean).map((line) => element("p", {}, line));
}

export function block_elements(blocks: readonly Block[], names: Names = {}): HTMLElement[] {
  const calls = (items: readonly Call[]) => element("ul", { class: "calls" }, ...items.map((call) => call_item(call, names)));
  const all: HTMLElement[] = [];
  for (const block of blocks) {
    if ("text" in block && block.text) all.push(...paragraphs(block.text));
    if (block.kind === "calls") all.push(calls(block.items));
    if (block.kind === "steps")
      all.push(element("ol", {}, ...block.items.map((step) => element("li", {}, step.tel ? element("a", { href: tel(step.tel) }, step.text) : step.text, step.detail ? element("span", { class: "second" }, ` ${step.detail}`) : null, step.calls?.length ? calls(step.calls) : null))));
  }
  return all;
}
