/* What the person wrote and the server has not confirmed. It stays in this tab until it is sent; Leave clears it. */

import { useSyncExternalStore } from "react";
import { new_id, post } from "../../base/client";
import { as_problem } from "../../base/problem";
import { lines_of } from "../../base/device";
import type { Block, Exchange } from "../../api/generated";

export interface Unsent {
  client_id: string;
  text: string;
  /** Set when it answers an offered choice. */
  choice?: { message: string; choice: string };
  at: string;
  state: "sending" | "not_sent" | "refused";
  why?: string;
  /** What the server says to words of danger that it could not keep; never an empty list. */
  blocks?: readonly Block[];
}

const place = "rail.unsent";
const draft_place = "rail.draft";
const listeners = new Set<() => void>();

function read(): Unsent[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "[]") as Unsent[];
    return kept.map((one) => (one.state === "sending" ? { ...one, state: "not_sent" } : one));
  } catch {
    return [];
  }
}

let unsent: Unsent[] = typeof sessionStorage === "undefined" ? [] : read();

function change(next: Unsent[]): void {
  unsent = next;
  try {
    sessionStorage.setItem(place, JSON.stringify(unsent));
  } catch {
    // Without storage the words last as long as the tab.
  }
  for (const listener of listeners) listener();
}

const update = (client_id: string, more: Partial<Unsent>) => change(unsent.map((one) => (one.client_id === client_id ? { ...one, ...more } : one)));

export function use_unsent(): readonly Unsent[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => unsent,
  );
}

export const draft = {
  read: (): string => {
    try {
      return sessionStorage.getItem(draft_place) ?? "";
    } catch {
      return "";
    }
  },
  write: (text: string): void => {
    try {
      sessionStorage.setItem(draft_place, text);
    } catch {
      // The field itself still holds it.
    }
  },
};

/** Tries to send one; the same client_id every time, so that it is never written twice. */
async function deliver(one: Unsent): Promise<Exchange | null> {
  update(one.client_id, { state: "sending", blocks: undefined });
  try {
    const sent = one.choice
      ? await post("/conversation/choices", { body: one.choice, key: one.client_id })
      : await post("/conversation/messages", { query: lines_of(), body: { text: one.text, client_id: one.client_id }, key: one.client_id });
    change(unsent.filter((other) => other.client_id !== one.client_id));
    return sent;
  } catch (error) {
    const problem = as_problem(error);
    update(one.client_id, { state: problem.may_pass ? "not_sent" : "refused", why: problem.detail, blocks: problem.blocks.length > 0 ? problem.blocks : undefined });
    return null;
  }
}

export async function write(text: string, choice?: Unsent["choice"]): Promise<Exchange | null> {
  const one: Unsent = { client_id: new_id(), text, choice, at: new Date().toISOString(), state: "sending" };
  change([...unsent, one]);
  return deliver(one);
}

/** Sends what waits, in the order it was written; stops at the first that does not go. */
export async function send_waiting(): Promise<Exchange[]> {
  const done: Exchange[] = [];
  for (const one of [...unsent]) {
    if (one.state !== "not_sent") continue;
    const sent = await deliver(one);
    if (!sent) break;
    done.push(sent);
  }
  return done;
}

export function take_back(client_id: string): string {
  const one = unsent.find((other) => other.client_id === client_id);
  change(unsent.filter((other) => other.client_id !== client_id));
  return one?.text ?? "";
}
