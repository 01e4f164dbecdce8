/* Calls to the server. Every unsafe call carries an Idempotency-Key, so that trying again never does a thing twice. */

import { Problem, problem_of } from "./problem";

export interface Call_options {
  /** 8 to 128 characters; give the same key when the same thing is tried again. */
  key?: string;
  signal?: AbortSignal;
  /** Milliseconds until the call counts as failed. */
  within?: number;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

const signed_out_listeners = new Set<() => void>();

/** Called when the server says that the session has ended (401 outside of signing in). */
export function on_signed_out(listener: () => void): () => void {
  signed_out_listeners.add(listener);
  return () => signed_out_listeners.delete(listener);
}

/** A random name for something made on this device; 26 characters like the server's ids. */
export function new_id(): string {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  return Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => alphabet[byte & 31]).join("");
}

export async function call<T>(method: Method, path: string, body?: unknown, options: Call_options = {}): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (method !== "GET") headers["idempotency-key"] = options.key ?? new_id();

  const limit = AbortSignal.timeout(options.within ?? 20_000);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;

  let answer: Response;
  try {
    answer = await fetch(`/api/v1${path}`, {
      method,
      headers,
      signal,
      credentials: "same-origin",
      cache: "no-store",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Problem(0, { title: "No answer", detail: "" });
  }
  if (!answer.ok) {
    const problem = await problem_of(answer);
    // "/me" is how a page asks whether anybody is signed in; 401 is an answer there, not an end.
    const about_signing_in = path === "/me" || path.startsWith("/sign-") || path.startsWith("/recovery") || path.startsWith("/me/re-authenticate");
    if (answer.status === 401 && !about_signing_in && !problem.is("reauthenticate")) for (const listener of signed_out_listeners) listener();
    throw problem;
  }
  if (answer.status === 204 || answer.headers.get("content-length") === "0") return undefined as T;
  return (await answer.json()) as T;
}

export const get = <T>(path: string, options?: Call_options) => call<T>("GET", path, undefined, options);
export const post = <T>(path: string, body: unknown = {}, options?: Call_options) => call<T>("POST", path, body, options);
export const put = <T>(path: string, body: unknown, options?: Call_options) => call<T>("PUT", path, body, options);
export const patch = <T>(path: string, body: unknown, options?: Call_options) => call<T>("PATCH", path, body, options);
export const remove = <T>(path: string, options?: Call_options) => call<T>("DELETE", path, undefined, options);

/** `path` with the parameters that have a value. */
export function with_query(path: string, parameters: Record<string, string | number | boolean | null | undefined>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
