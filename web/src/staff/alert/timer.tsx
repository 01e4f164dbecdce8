import { useEffect, useRef } from "react";
import type { Account, Alert } from "../nouns";
import { use_tell } from "../parts/toast";
import { use_now, use_when } from "../when";
import { use_words } from "../words";
import { is_mine } from "./record";

/** Until when somebody has to act, in words. Readers hear it at half of the time and at the end, and at no other moment. */
export function Timer({ alert, me }: { alert: Alert; me: Account }) {
  const words = use_words();
  const when = use_when();
  const { announce } = use_tell();
  const now = use_now(1000);
  const said = useRef<"none" | "half" | "end">("none");
  const due = alert.due_at && alert.state !== "closed" ? Date.parse(alert.due_at) : null;
  const began = useRef(Date.now());
  const left = due === null ? null : due - now;

  useEffect(() => {
    if (left === null || due === null) return;
    if (left <= 0 && said.current !== "end") {
      if (due > began.current) announce(words("timer.end"));
      said.current = "end";
    } else if (left > 0 && said.current === "none" && left <= (due - Date.parse(alert.raised_at)) / 2) {
      announce(words("timer.half", { at: when.time(new Date(due).toISOString()) }));
      said.current = "half";
    }
  }, [left === null ? null : Math.floor(left / 1000)]);

  if (due === null || !alert.due_at || left === null) return null;
  const at = Math.abs(left) < 12 * 3_600_000 ? when.time(alert.due_at) : when.day_and_time(alert.due_at);
  const next = words("timer.next_person");
  if (left <= 0) return <p className="timer">{words("timer.over", { next, at })}</p>;
  return <p className="timer">{words(alert.needs_second ? "timer.second_by" : is_mine(alert, me) ? "timer.record_by" : "timer.acknowledge_by", { at, next })}</p>;
}
