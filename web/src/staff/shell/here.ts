import { useEffect } from "react";
import { post } from "../../base/client";
import { use_live } from "../../base/events";

const each = 30_000; // ms; the server counts somebody for 75 s after the last one

/** Says that this page is open and in sight while its event stream is connected, so that people who wait are told who is there. */
export function use_here(): void {
  const connected = use_live().state === "live";
  useEffect(() => {
    if (!connected) return;
    const say = () => {
      if (document.visibilityState === "visible") void post("/live/here", {}).catch(() => undefined); // the next one is soon
    };
    say();
    document.addEventListener("visibilitychange", say);
    const timer = window.setInterval(say, each);
    return () => {
      document.removeEventListener("visibilitychange", say);
      window.clearInterval(timer);
    };
  }, [connected]);
}
