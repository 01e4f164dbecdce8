/* Check-ins that could not be sent. Kept on this device only if the person has said yes to that; otherwise they wait in memory. */

import { useSyncExternalStore } from "react";
import type { Block, CheckInSaved } from "../../api/generated";
import { type Body, post } from "../../base/client";
import { lines_of, setting } from "../../base/device";
import { as_problem } from "../../base/problem";

export type Check_in_answers = Body<"POST", "/check-ins">["answers"];

export interface Waiting_check_in {
  form: string;
  version: string;
  answers: Check_in_answers;
  answered_at: string;
  client_id: string;
}

const place = "rail.waiting";
const permission = "rail.may-keep";
const listeners = new Set<() => void>();
let waiting: Waiting_check_in[] = typeof localStorage === "undefined" ? [] : read();

function read(): Waiting_check_in[] {
  try {
    return JSON.parse(setting.read(place) ?? "[]") as Waiting_check_in[];
  } catch {
    return [];
  }
}

function change(next: Waiting_check_in[]): void {
  waiting = next;
  setting.write(place, may_keep() && waiting.length > 0 ? JSON.stringify(waiting) : null);
  for (const listener of listeners) listener();
}

export function may_keep(): boolean {
  return setting.read(permission) === "yes";
}

export function allow_keeping(yes: boolean): void {
  setting.write(permission, yes ? "yes" : null);
  change(waiting);
}

export function use_waiting(): readonly Waiting_check_in[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
}

/** Sends one. Without a network it waits and null comes back; a refusal by the server is thrown. `say` is given the fixed words
    when the server could not keep words of danger. */
export async function send_check_in(one: Waiting_check_in, say?: (blocks: readonly Block[]) => void): Promise<CheckInSaved | null> {
  try {
    const saved = await post("/check-ins", { query: lines_of(), body: one, key: one.client_id });
    change(waiting.filter((other) => other.client_id !== one.client_id));
    return saved;
  } catch (error) {
    const problem = as_problem(error);
    if (!problem.may_pass) throw error;
    if (problem.blocks.length > 0) say?.(problem.blocks);
    if (!waiting.some((other) => other.client_id === one.client_id)) change([...waiting, one]);
    return null;
  }
}

export async function send_waiting_check_ins(): Promise<void> {
  for (const one of [...waiting]) {
    try {
      if ((await send_check_in(one)) === null) return;
    } catch {
      change(waiting.filter((other) => other.client_id !== one.client_id));
    }
  }
}
