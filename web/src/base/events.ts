/* What the server tells a page by itself. One browser keeps one stream: the tab that holds the lock reads it and tells the others.
   (Browsers allow six connections to one server; a stream for each tab would stop the seventh tab.) */

import { useEffect, useSyncExternalStore } from "react";
import { useQueryClient } from "@tanstack/react-query";

export type Event_kind = "message" | "conversation" | "alert" | "caseload" | "finding" | "signed_out" | "keeping" | "resync";

export interface Server_event {
  kind: Event_kind;
  /** Ids only, for example { conversation: "…" }; the page fetches the rest. */
  data: Record<string, string>;
}

/** live: the stream is open. joining: it is being opened. cut_off: it broke, `since` says when. */
export interface Live_state {
  state: "off" | "joining" | "live" | "cut_off";
  since: number;
}

type Wire =
  | { type: "event"; event: Server_event; id: string }
  | { type: "state"; live: Live_state }
  | { type: "state?" };

const kinds: Event_kind[] = ["message", "conversation", "alert", "caseload", "finding", "signed_out", "keeping"];
const lock_name = "rail-events";

const handlers = new Set<(event: Server_event) => void>();
const state_listeners = new Set<() => void>();
let live: Live_state = { state: "off", since: Date.now() };
let channel: BroadcastChannel | undefined;
let last_id = "";
let leading: AbortController | undefined;

function set_live(next: Live_state["state"], since = Date.now()): void {
  if (live.state === next) return;
  live = { state: next, since };
  for (const listener of state_listeners) listener();
}

function deliver(event: Server_event): void {
  for (const handler of handlers) handler(event);
}

/** Holds the stream until `stop` is aborted; tells the other tabs all it hears. */
function lead(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let tries = 0;
    let opened_before = last_id !== "";

    const say_state = (state: Live_state["state"]) => {
      set_live(state);
      channel?.postMessage({ type: "state", live } satisfies Wire);
    };
    const hear = (event: Server_event, id: string) => {
      if (id) last_id = id;
      channel?.postMessage({ type: "event", event, id } satisfies Wire);
      deliver(event);
    };
    const open = () => {
      // EventSource repeats Last-Event-ID by itself; a new leader can only say it in the address.
      source = new EventSource(`/api/v1/events${last_id ? `?last_event_id=${encodeURIComponent(last_id)}` : ""}`);
      source.onopen = () => {
        tries = 0;
        say_state("live");
        if (opened_before) hear({ kind: "resync", data: {} }, "");
        opened_before = true;
      };
      source.onerror = () => {
        say_state("cut_off");
        if (source?.readyState !== EventSource.CLOSED) return;
        // The browser has given up (a status other than 200): try again, slower each time, never all tabs at one moment.
        tries = Math.min(tries + 1, 6);
        again = setTimeout(open, 1000 * 2 ** tries * (0.5 + Math.random()));
      };
      for (const kind of kinds)
        source.addEventListener(kind, (message) => {
          let data: Record<string, string> = {};
          try {
            data = JSON.parse((message as MessageEvent<string>).data || "{}") as Record<string, string>;
          } catch {
            // Without data the kind alone still says what to fetch.
          }
          hear({ kind, data }, (message as MessageEvent<string>).lastEventId);
        });
    };
    stop.addEventListener("abort", () => {
      clearTimeout(again);
      source?.close();
      say_state("off");
      resolve();
    });
    set_live("joining");
    open();
  });
}

/** Starts listening in this tab. Safe to call twice. */
export function start_events(): void {
  if (leading) return;
  const stop = (leading = new AbortController());
  channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(lock_name) : undefined;
  if (channel) {
    channel.onmessage = (message: MessageEvent<Wire>) => {
      const said = message.data;
      if (said.type === "event") {
        if (said.id) last_id = said.id;
        deliver(said.event);
      } else if (said.type === "state") set_live(said.live.state, said.live.since);
      else if (live.state !== "off") channel?.postMessage({ type: "state", live } satisfies Wire);
    };
    channel.postMessage({ type: "state?" } satisfies Wire);
  }
  if (navigator.locks) void navigator.locks.request(lock_name, { signal: stop.signal }, () => lead(stop.signal)).catch(() => undefined);
  else void lead(stop.signal);
}

/** Stops listening, on signing out; another tab takes the stream over if there is one. */
export function stop_events(): void {
  leading?.abort();
  leading = undefined;
  channel?.close();
  channel = undefined;
  set_live("off");
}

export function on_event(handler: (event: Server_event) => void): () => void {
  handlers.add(handler);
  return () => handlers.delete(handler);
}

export function use_event(handler: (event: Server_event) => void): void {
  useEffect(() => on_event(handler));
}

export function use_live(): Live_state {
  return useSyncExternalStore(
    (listener) => {
      state_listeners.add(listener);
      return () => state_listeners.delete(listener);
    },
    () => live,
  );
}

/** Fetches again what an event names. `keys`: from the event's kind to the first words of query keys. */
export function use_refetch(keys: Partial<Record<Event_kind, readonly string[]>>): void {
  const queries = useQueryClient();
  use_event((event) => {
    const touched = event.kind === "resync" ? [...new Set(Object.values(keys).flat())] : (keys[event.kind] ?? []);
    for (const key of touched) void queries.invalidateQueries({ queryKey: [key] });
  });
}
