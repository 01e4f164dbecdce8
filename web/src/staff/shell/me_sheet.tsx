import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { get, post, remove } from "../../base/client";
import { as_problem } from "../../base/problem";
import { Failed, Loading } from "../../base/states";
import { type Theme, use_theme } from "../../base/theme";
import { use_single_keys } from "../keys/keys";
import type { Account } from "../nouns";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { Field } from "../parts/field";
import { Sheet } from "../parts/sheet";
import { use_tell } from "../parts/toast";
import { go, to } from "../route";
import { use_change } from "../server";
import { use_when } from "../when";
import { device_name } from "../../base/device_name";
import { use_words } from "../words";
import { may } from "./role";
import { sign_out } from "./sign_out";
import { keep_wish, play, wish } from "./sound";

/** What is one's own: how the page looks and calls, the password, where one is signed in. */
export function MeSheet({ me, open, close }: { me: Account; open: boolean; close(): void }) {
  return (
    <Sheet title={me.display_name} open={open} close={close}>
      <Inside me={me} close={close} />
    </Sheet>
  );
}

function Inside({ me, close }: { me: Account; close(): void }) {
  const words = use_words();
  const queries = useQueryClient();
  const [theme, set_theme] = use_theme();
  const [single, set_single] = use_single_keys();
  const [call, set_call] = useState(wish());
  return (
    <div className="stack">
      <Choice
        label={words("me.theme")}
        label_shown
        value={theme}
        onChange={(next: Theme) => set_theme(next)}
        options={[
          { id: "device", text: words("me.theme_device") },
          { id: "light", text: words("me.theme_light") },
          { id: "dark", text: words("me.theme_dark") },
        ]}
      />
      <Choice
        label={words("me.single_keys")}
        label_shown
        value={single ? "on" : "off"}
        onChange={(next) => set_single(next === "on")}
        options={[
          { id: "on", text: words("me.on") },
          { id: "off", text: words("me.off") },
        ]}
      />
      {may(me, "caseload") && (
        <Choice
          label={words("me.call")}
          label_shown
          value={call === "not_asked" ? null : call}
          onChange={(next: "on" | "off") => {
            keep_wish(next);
            set_call(next);
            if (next === "on") {
              play("now");
              if ("Notification" in window && Notification.permission === "default") void Notification.requestPermission();
            }
          }}
          options={[
            { id: "on", text: words("me.on") },
            { id: "off", text: words("me.off") },
          ]}
        />
      )}
      <Password />
      <Sessions />
      <Button
        look="quiet"
        onPress={() => {
          close();
          go(to.texts);
        }}
      >
        {words("me.texts")}
      </Button>
      <Button onPress={() => void sign_out(queries)}>{words("me.sign_out")}</Button>
    </div>
  );
}

function Password() {
  const words = use_words();
  const { tell } = use_tell();
  const [before, set_before] = useState("");
  const [after, set_after] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const change = async () => {
    set_problem(null);
    try {
      await post("/me/password", { body: { old: before, new: after } });
      set_before("");
      set_after("");
      tell(words("me.password_done"));
    } catch (error) {
      set_problem(as_problem(error).detail || words("me.password_failed"));
    }
  };
  return (
    <details className="fold">
      <summary>{words("me.password")}</summary>
      <div className="stack">
        <Field label={words("me.password_old")} type="password" autoComplete="current-password" value={before} onChange={set_before} problem={problem} />
        <Field label={words("recovery.new_password")} hint={words("invitation.password_hint")} type="password" autoComplete="new-password" value={after} onChange={set_after} />
        <Button isDisabled={!before || !after} onPress={() => void change()}>
          {words("me.password_change")}
        </Button>
      </div>
    </details>
  );
}

function Sessions() {
  const words = use_words();
  const when = use_when();
  const sessions = useQuery({ queryKey: ["sessions"], queryFn: () => get("/me/sessions") });
  const end = use_change((id: string, key) => remove("/me/sessions/{session}", { path: { session: id }, key }), (queries) => void queries.invalidateQueries({ queryKey: ["sessions"] }));
  return (
    <details className="fold">
      <summary>{words("me.sessions")}</summary>
      {sessions.isPending && <Loading what={words("me.sessions_loading")} />}
      {sessions.isError && <Failed error={sessions.error} retry={() => void sessions.refetch()} />}
      <ul className="plain-list">
        {sessions.data?.items.map((session) => (
          <li key={session.id} className="row-between">
            <span>
              {device_name(session.device) || words("me.session_unknown")} <span className="faint">{words("me.session_seen", { at: when.day_and_time(session.seen_at) })}</span>
            </span>
            {session.current ? (
              <span className="faint">{words("me.session_here")}</span>
            ) : (
              <Button size="s" look="brick" onPress={() => end.mutate(session.id)}>
                {words("me.session_end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
