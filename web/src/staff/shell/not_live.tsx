import { useEffect, useRef } from "react";
import { use_live } from "../../base/events";
import { play } from "./sound";
import { use_when } from "../when";
import { use_words } from "../words";

/** A bar across the page while the event stream is down. What is on the page may be old; the telephone is not. */
export function NotLive({ phone }: { phone: string | null }) {
  const words = use_words();
  const when = use_when();
  const live = use_live();
  const cut = live.state === "cut_off";
  const was = useRef(false);
  useEffect(() => {
    if (cut && !was.current) play("cut_off");
    was.current = cut;
  }, [cut]);
  if (!cut) return null;
  const clock = when.time(new Date(live.since).toISOString());
  return (
    <div className="not-live" role="alert">
      <strong>{words("shell.not_live", { clock })}</strong> {phone ? words.with("shell.not_live_phone", { phone: <bdi key="phone" className="number">{phone}</bdi> }) : words("shell.not_live_no_phone")}
    </div>
  );
}
