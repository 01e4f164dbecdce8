/* Calls to the server, typed by route: what a route takes and gives stands in api/generated.ts, made from the server's own
   document. Every unsafe call carries an Idempotency-Key, so that trying again never does a thing twice. */

import type { Routes } from "../api/generated";
import { Problem, problem_of } from "./problem";

export interface Call_options {
  /** 8 to 128 characters; give the same key when the same thing is tried again. */
  key?: string;
  signal?: AbortSignal;
  /** Milliseconds until the call counts as failed. */
  within?: number;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Paths<M extends Method> = { [R in keyof Routes]: R extends `${M} /api/v1${infer Path}` ? Path : never }[keyof Routes];
type Route<M extends Method, Path extends string> = Routes[Extract<keyof Routes, `${M} /api/v1${Path}`>];

/** What a route answers: Answer<"GET", "/caseload">. */
export type Answer<M extends Method, Path extends Paths<M>> = Route<M, Path>["answer"];
/** The body that a route takes. */
export type Body<M extends Method, Path extends Paths<M>> = Route<M, Path>["body"];

type Asked<Name extends string, Value> = Value extends undefined ? unknown : Partial<Value> extends Value ? { [N in Name]?: Value } : { [N in Name]: Value };
type Given<M extends Method, Path extends Paths<M>> = Asked<"path", Route<M, Path>["path"]> & Asked<"query", Route<M, Path>["query"]> & Asked<"body", Route<M, Path>["body"]> & Call_options;
/** May be left out where the route asks for nothing. */
type Rest<M extends Method, Path extends Paths<M>> = Call_options extends Given<M, Path> ? [given?: Given<M, Path>] : [given: Given<M, Path>];

interface Parts extends Call_options {
  path?: { readonly [name: string]: string };
  query?: { readonly [name: string]: string | number | boolean | null | undefined };
  body?: unknown;
}

const signed_out_listeners = new Set<() => void>();

/** Called when the server says that the session has ended (401 outside of signing in). */
export function on_signed_out(listener: () => void): () => void {
  signed_out_listeners.add(listener);
  return () => signed_out_listeners.delete(listener);
}

const unavailable_listeners = new Set<() => void>();

/** Called when the server answers that it cannot do at present what was asked (503). */
export function on_unavailable(listener: () => void): () => void {
  unavailable_listeners.add(listener);
  return () => unavailable_listeners.delete(listener);
}

let language: string | undefined;

/** The language that the page is read in; the server answers in it where it can. Without it the browser's own list counts. */
export function ask_in(tag: string): void {
  language = tag;
}

/** A random name for something made on this device; 26 characters like the server's ids. */
export function new_id(): string {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  return Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => alphabet[byte & 31]).join("");
}

/** The address: names in braces filled in, parameters that have no value left out. */
function address_of(pattern: string, { path = {}, query = {} }: Parts): string {
  const address = pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length === 0 ? address : `${address}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

async function call(method: Method, pattern: string, given: Parts = {}): Promise<unknown> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (language !== undefined) headers["accept-language"] = language;
  if (given.body !== undefined) headers["content-type"] = "application/json";
  if (method !== "GET") headers["idempotency-key"] = given.key ?? new_id();

  const limit = AbortSignal.timeout(given.within ?? 20_000);
  const signal = given.signal ? AbortSignal.any([given.signal, limit]) : limit;

  let answer: Response;
  try {
    answer = await fetch(`/api/v1${address_of(pattern, given)}`, {
      method,
      headers,
      signal,
      credentials: "same-origin",
      cache: "no-store",
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
  } catch (error) {
    if (given.signal?.aborted) throw error;
    throw new Problem(0, { title: "No answer", detail: "" });
  }
  if (!answer.ok) {
    const problem = await problem_of(answer);
    // "/me" is how a page asks whether anybody is signed in; 401 is an answer there, not an end.
    const about_signing_in = pattern === "/me" || pattern.startsWith("/sign-") || pattern.startsWith("/recovery") || pattern.startsWith("/me/re-authenticate");
    if (answer.status === 401 && !about_signing_in && !problem.is("reauthenticate")) for (const listener of signed_out_listeners) listener();
    if (answer.status === 503) for (const listener of unavailable_listeners) listener();
    throw problem;
  }
  if (answer.status === 204 || answer.headers.get("content-length") === "0") return undefined;
  return await answer.json();
}

/** One function for each method: `get("/alerts/{alert}", { path: { alert } })`. The types above hold callers to the document. */
const caller =
  <M extends Method>(method: M) =>
  <Path extends Paths<M>>(path: Path, ...[given]: Rest<M, Path>) =>
    call(method, path, given as Parts | undefined) as Promise<Answer<M, Path>>;

export const get = caller("GET");
export const post = caller("POST");
export const put = caller("PUT");
export const patch = caller("PATCH");
export const remove = caller("DELETE");
