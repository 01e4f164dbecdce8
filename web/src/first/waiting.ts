/* Answers that could not be sent. They wait on this device only if the person has said yes to that, as check-ins do; otherwise
   as long as the page is open. */

import type { Block } from "../api/generated";
import { new_id, post } from "../base/client";
import { lines_of, setting } from "../base/device";
import { as_problem, type Problem } from "../base/problem";
import type { Answer } from "./questions";

const place = "rail.waiting-first";

export interface Waiting {
  question: string;
  answer: Answer | null;
  form: string;
  key: string;
}

let waiting: Waiting[] = read();

function read(): Waiting[] {
  try {
    return JSON.parse(setting.read(place) ?? "[]") as Waiting[];
  } catch {
    return [];
  }
}

function change(next: Waiting[]): void {
  waiting = next;
  setting.write(place, setting.read("rail.may-keep") === "yes" && next.length > 0 ? JSON.stringify(next) : null);
}

export const all_waiting = (): readonly Waiting[] => waiting;

/** What became of an answer. Words for somebody in danger come with any of them. */
export interface Sent {
  state: "kept" | "waits" | "changed_elsewhere" | "refused";
  blocks: readonly Block[];
  version?: number;
  problem?: Problem;
}

/** @param seen  the version of the page that was on the screen; none for what waited: it was seen by nobody else */
async function send(one: Waiting, seen: number | undefined): Promise<Sent> {
  try {
    const { version, changed_elsewhere, blocks } = await post("/first-assessment/answers", { query: lines_of(), body: { form: one.form, answers: { [one.question]: one.answer }, seen }, key: one.key });
    change(waiting.filter((other) => other.key !== one.key));
    return { state: changed_elsewhere ? "changed_elsewhere" : "kept", blocks: blocks ?? [], version };
  } catch (error) {
    const problem = as_problem(error);
    if (!problem.may_pass) {
      change(waiting.filter((other) => other.key !== one.key));
      return { state: "refused", blocks: problem.blocks, problem };
    }
    // A later answer to the same question takes the place of one that still waits.
    change([...waiting.filter((other) => other.question !== one.question), one]);
    return { state: "waits", blocks: problem.blocks };
  }
}

export const send_answer = (form: string, question: string, answer: Answer | null, seen: number): Promise<Sent> => send({ question, answer, form, key: new_id() }, seen);

/** Sends what waits, and stops where there still is no answer. Gives the words that came with it. */
export async function send_waiting(): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  for (const one of [...waiting]) {
    const sent = await send(one, undefined);
    blocks.push(...sent.blocks);
    if (sent.state === "waits") break;
  }
  return blocks;
}
