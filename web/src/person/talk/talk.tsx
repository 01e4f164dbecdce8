import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { UserRound } from "lucide-react";
import type { Conversation, Message, Exchange } from "../../api/generated";
import { Icon } from "../../base/icon";
import { get, post, remove } from "../../base/client";
import { use_refetch } from "../../base/events";
import { Human_mark } from "../../base/marks";
import { use_not_kept } from "../../base/keeping";
import { use_service } from "../../base/service";
import { Failed, Loading, Notice, use_offline } from "../../base/states";
import { Text, use_text, use_when } from "../../base/text";
import { follow_plan } from "../plan/follow";
import { Shell } from "../shell/shell";
import { role_word, Said } from "../spoken";
import { has_calls, spoken } from "./blocks";
import { Composer } from "./composer";
import { Log } from "./log";
import { send_waiting, take_back, use_unsent, write } from "./outbox";
import "./talk.css";

const key = ["conversation"];

/** Adds what is new, keeps the order, never twice. */
function joined(conversation: Conversation, ...more: Message[]): Conversation {
  const known = new Set(conversation.messages.map((message) => message.id));
  return { ...conversation, messages: [...conversation.messages, ...more.filter((message) => !known.has(message.id))] };
}

export default function Talk() {
  const t = use_text();
  const when = use_when();
  const queries = useQueryClient();
  const offline = use_offline();
  const unsent = use_unsent();
  const not_kept = use_not_kept();
  const service = use_service();
  const conversation = useQuery({ queryKey: key, queryFn: ({ signal }) => get("/conversation", { signal }) });
  const first = useQuery({ queryKey: ["first-assessment"], queryFn: ({ signal }) => get("/first-assessment", { signal }), staleTime: 3_600_000, retry: false });
  const [failed, set_failed] = useState("");
  const [give, set_give] = useState<string>();
  const [announced, set_announced] = useState("");
  const seen = useRef<Set<string> | null>(null);
  use_refetch({ message: ["conversation"], conversation: ["conversation"] });

  const talk = conversation.data;
  const last = talk?.messages[talk.messages.length - 1];
  const in_danger = last?.author === "ai" && has_calls(last.blocks);
  // Asking for a person is always possible, unless somebody was told just now or the reply itself offers it.
  const asked_already = in_danger && (last?.blocks ?? []).some((block) => block.kind === "told" || (block.kind === "calls" && block.items.some((item) => item.action === "talk_to_person")));

  const take = (sent: Exchange | null) => {
    if (!sent) return;
    // A list that is on its way was made before this message: ask again rather than lose sight of it.
    if (queries.isFetching({ queryKey: key }) > 0 || !queries.getQueryData(key)) void queries.invalidateQueries({ queryKey: key });
    queries.setQueryData<Conversation>(key, (old) => old && joined(old, sent.message, ...sent.replies));
    // Where a reply points to the plan, it may have grown: the page, and the copy kept here, are to show it.
    if (sent.replies.some((reply) => (reply.blocks ?? []).some((block) => block.kind === "calls" && block.items.some((item) => item.action === "safety_plan")))) {
      void queries.invalidateQueries({ queryKey: ["safety-plan"] });
      void follow_plan();
    }
  };
  const send = (text: string) => void write(text).then(take);
  const choose = (message: string, choice: string, text: string) => void write(text, { message, choice }).then(take);
  const try_again = () => void send_waiting().then((all) => all.forEach(take));
  const person_wanted = (wanted: boolean) => {
    set_failed("");
    const asked = wanted ? post("/conversation/person-wanted") : remove("/conversation/person-wanted");
    asked.then(
      (now) => queries.setQueryData(key, now),
      () => set_failed(t("talk.person_failed")),
    );
  };

  // What waits goes out when the network is back, and not before the conversation is here: a list on its way
  // would be older than what was sent.
  const here = talk !== undefined;
  useEffect(() => {
    if (!offline && here && !not_kept) try_again();
  }, [offline, here, not_kept]);

  // Words of danger that were not kept get their answer read out all the same.
  const unkept_help = unsent.find((one) => one.blocks)?.blocks;
  useEffect(() => {
    if (unkept_help) set_announced(`${t("talk.ai_speaker")}: ${spoken("", [...unkept_help])}`);
  }, [unkept_help, t]);

  // The reader hears what is new, by speaker; in danger only the first sentence and the first call.
  useEffect(() => {
    if (!talk) return;
    const before = seen.current;
    seen.current = new Set(talk.messages.map((message) => message.id));
    if (!before) return;
    const fresh = talk.messages.filter((message) => !before.has(message.id) && message.author !== "person");
    if (fresh.length === 0) return;
    const say = (message: Message) => {
      const name = message.author_name ?? "";
      if (message.author === "system") return t(message.text === "joined" ? "talk.joined_said" : "talk.left_said", { name });
      return `${message.author === "human" ? name : t("talk.ai_speaker")}: ${spoken(message.text, message.blocks)}`;
    };
    set_announced(fresh.map(say).join(" "));
  }, [talk, t]);

  use_latest_in_view(last, unsent.length);

  const with_human = talk?.state === "human" ? talk.with : null;
  const foot = (
    <div className="talk-foot">
      {offline && <Notice kind="offline"><p><Text id="talk.offline" /></p></Notice>}
      {failed && <p className="not-sent" role="alert">{failed}</p>}
      {talk && !asked_already && talk.state !== "human" && !not_kept && (
        <div className="to-person">
          <span className={talk.state === "waiting" ? "mark nobody" : "mark"}><Icon of={UserRound} size={17} /></span>
          {talk.state === "waiting" ? (
            <>
              <span className="waiting" role="status">{talk.waiting?.text ?? t("talk.asked", { time: when.time(talk.waiting?.since ?? new Date()) })}</span>
              <button type="button" className="link" onClick={() => person_wanted(false)}>{t("talk.stop_waiting")}</button>
            </>
          ) : (
            <>
              <button type="button" className="link lamp-link" onClick={() => person_wanted(true)}>{t("talk.to_person")}</button>
              <span className="wait second"><Said text={service.data?.staffed.text} /></span>
            </>
          )}
        </div>
      )}
      <Composer send={send} give={give}
        placeholder={with_human ? t("talk.write_to", { name: with_human.name.split(" ")[0] ?? "" }) : in_danger ? t("talk.your_way") : t("talk.as_it_comes")} />
    </div>
  );

  return (
    <Shell title={t("tab.talk")} wide no_tabs={in_danger} foot={talk ? foot : undefined}
      under={
        with_human ? (
          <p className="under speaking human">
            <Human_mark name={with_human.name} small />
            <span><Text id="talk.with_human" values={{ name: with_human.name, role: role_word(with_human.role) }} /></span>
          </p>
        ) : (
          <p className="under speaking"><span className="ring" aria-hidden="true" /> <span><Text id="talk.with_ai" /></span></p>
        )
      }
    >
      {conversation.isPending && <div className="pad"><Loading what={t("talk.loading")} /></div>}
      {conversation.isError && !talk && <div className="pad"><Failed title={t("talk.failed")} safe={t("talk.failed_safe")} error={conversation.error} retry={() => void conversation.refetch()} /></div>}
      {talk?.earlier && <Earlier conversation={talk} />}
      {talk && <Log conversation={talk} unsent={unsent} choose={choose} talk_to_person={() => person_wanted(true)} try_again={try_again} mend={(id) => set_give(take_back(id))} />}
      {talk && !in_danger && first.data?.form && <p className="earlier"><a className="link" href="/first.html">{t(first.data.state === "none" ? "talk.first" : "talk.first_on")}</a></p>}
      <p className="unseen" role="status" aria-live="polite">{announced}</p>
    </Shell>
  );
}

function Earlier({ conversation }: { conversation: Conversation }) {
  const t = use_text();
  const queries = useQueryClient();
  const [busy, set_busy] = useState(false);
  const more = async () => {
    if (!conversation.earlier) return;
    set_busy(true);
    try {
      const older = await get("/conversation/messages", { query: { before: conversation.earlier } });
      queries.setQueryData<Conversation>(key, (old) => old && { ...old, earlier: older.next, messages: [...older.items, ...old.messages] });
    } finally {
      set_busy(false);
    }
  };
  return <p className="earlier"><button type="button" className="link" aria-disabled={busy} onClick={() => void more()}>{t("talk.earlier")}</button></p>;
}

/** Brings the newest words into view, unless the reader has scrolled up to read. The end also stays in view when the keyboard opens. */
function use_latest_in_view(last: Message | undefined, waiting: number): void {
  const at_end = useRef(true);
  useEffect(() => {
    const to_end = () => {
      if (at_end.current) scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
    };
    const scrolled = () => {
      at_end.current = document.documentElement.scrollHeight - innerHeight - scrollY < 48;
    };
    const observer = new ResizeObserver(to_end);
    observer.observe(document.body);
    addEventListener("scroll", scrolled, { passive: true });
    addEventListener("resize", to_end);
    return () => {
      observer.disconnect();
      removeEventListener("scroll", scrolled);
      removeEventListener("resize", to_end);
    };
  }, []);
  useLayoutEffect(() => {
    if (!at_end.current && waiting === 0) return;
    at_end.current = true;
    scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  }, [last?.id, waiting]);
}
