/* Errors as the server tells them: problem documents (RFC 9457). */

import type { Block } from "../api/generated";
import { served_or } from "./served";

export interface Wrong_field {
  where: string;
  detail: string;
}

interface Problem_document {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  where?: string;
  errors?: Wrong_field[];
  blocks?: Block[];
}

/** A refusal by the server, or, with status 0, no answer from it at all. */
export class Problem extends Error {
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly Wrong_field[];
  /** The fixed words for somebody in danger whose words were not kept. */
  readonly blocks: readonly Block[];

  constructor(status: number, document: Problem_document) {
    super(document.detail ?? document.title ?? `status ${status}`);
    this.name = "Problem";
    this.status = status;
    this.type = document.type ?? "about:blank";
    this.title = document.title ?? "";
    // A page in another language shows no English in passing: without a detail the page says in its own words what did not happen.
    this.detail = served_or(document.detail, "");
    this.blocks = document.blocks ?? [];
    const errors = document.errors ?? (document.where ? [{ where: document.where, detail: document.detail ?? "" }] : []);
    this.errors = errors.map((one) => ({ ...one, detail: served_or(one.detail, "") }));
  }

  /** True when the last part of the problem's type is `name`, as in ".../second-factor". */
  is(name: string): boolean {
    return this.type.split("/").pop() === name;
  }

  get no_network(): boolean {
    return this.status === 0;
  }

  /** True when the same request may succeed later without being changed. */
  get may_pass(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export async function problem_of(answer: Response): Promise<Problem> {
  let document: Problem_document = {};
  try {
    if ((answer.headers.get("content-type") ?? "").includes("json")) document = (await answer.json()) as Problem_document;
  } catch {
    // A broken body is not the reader's concern; the status says enough.
  }
  return new Problem(answer.status, document);
}

export function as_problem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, { title: String(error) });
}
