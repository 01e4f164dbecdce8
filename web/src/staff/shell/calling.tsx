import { useState } from "react";
import { use_event } from "../../base/events";
import type { Account } from "../nouns";
import { Button } from "../parts/button";
import { use_tell } from "../parts/toast";
import { use_words } from "../words";
import { may } from "./role";
import { keep_wish, play, wish } from "./sound";

/** Asks once whether Handrail may call; calls with sound and a notification that carries no name. */
export function Calling({ me }: { me: Account }) {
  const words = use_words();
  const { announce } = use_tell();
  const [asked, set_asked] = useState(wish() !== "not_asked");

  use_event((event) => {
    if (event.kind !== "alert" || event.data.urgency !== "now") return;
    announce(words("calling.now"));
    play("now");
    if (wish() === "on" && "Notification" in window && Notification.permission === "granted" && document.hidden) {
      const shown = new Notification(words("calling.title"), { body: words("calling.now"), tag: "handrail-now", requireInteraction: true });
      shown.onclick = () => {
        window.focus();
        shown.close();
      };
    }
  });

  if (asked || !may(me, "caseload")) return null;
  const answer = (value: "on" | "off") => {
    keep_wish(value);
    set_asked(true);
    if (value === "on" && "Notification" in window && Notification.permission === "default") void Notification.requestPermission();
  };
  return (
    <section className="ask-call" aria-label={words("calling.ask_label")}>
      <p>{words("calling.ask")}</p>
      <Button size="s" look="primary" onPress={() => answer("on")}>
        {words("calling.allow")}
      </Button>
      <Button size="s" look="quiet" onPress={() => answer("off")}>
        {words("calling.not_now")}
      </Button>
    </section>
  );
}
