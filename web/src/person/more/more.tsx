import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, ChevronRight, Clock, DoorOpen, Eye, HeartHandshake, KeyRound, LifeBuoy, LogOut, MessageCircle, Phone, Settings2, Users, Wind, type LucideIcon } from "lucide-react";
import { get, post } from "../../base/client";
import { Icon } from "../../base/icon";
import { use_text } from "../../base/text";
import { href } from "../router";
import { use_account } from "../account";
import { sign_out_here } from "../session";
import { Shell } from "../shell/shell";

const entries: { path: string; id: string; icon: LucideIcon }[] = [
  { path: "/more/privacy", id: "privacy", icon: Eye },
  { path: "/more/memory", id: "memory", icon: Bookmark },
  { path: "/more/contact", id: "contact", icon: Phone },
  { path: "/more/whatsapp", id: "whatsapp", icon: MessageCircle },
  { path: "/more/asking", id: "asking", icon: Clock },
  { path: "/more/close", id: "close", icon: Users },
  { path: "/more/supporters", id: "supporters", icon: HeartHandshake },
  { path: "/more/exercises", id: "exercises", icon: Wind },
  { path: "/more/resources", id: "resources", icon: LifeBuoy },
  { path: "/more/account", id: "account", icon: KeyRound },
  { path: "/more/device", id: "device", icon: Settings2 },
  { path: "/more/leaving", id: "leaving", icon: DoorOpen },
];

export default function More() {
  const t = use_text();
  const queries = useQueryClient();
  const account = use_account();
  const whatsapp = useQuery({ queryKey: ["whatsapp"], queryFn: ({ signal }) => get("/whatsapp", { signal }) });
  const sign_out = async () => {
    // Signed out here whatever the network says; the server ends the session by itself in time.
    await post("/sign-out").catch(() => undefined);
    await sign_out_here(queries);
  };
  return (
    <Shell title={t("tab.more")}>
      {account.data?.display_name && <p className="second">{t("more.signed_in", { name: account.data.display_name })}</p>}
      <ul className="menu">
        {entries.filter((entry) => entry.id !== "whatsapp" || whatsapp.data?.on).map((entry) => (
          <li key={entry.id}>
            <a href={href(entry.path)}>
              <Icon of={entry.icon} size={22} stroke={1.75} />
              <span><strong>{t(`more.${entry.id}`)}</strong><span className="second small">{t(`more.${entry.id}_what`)}</span></span>
              <Icon of={ChevronRight} />
            </a>
          </li>
        ))}
        <li>
          <button type="button" onClick={() => void sign_out()}>
            <Icon of={LogOut} size={22} stroke={1.75} />
            <span><strong>{t("more.sign_out")}</strong><span className="second small">{t(account.data?.login ? "more.sign_out_what" : "more.sign_out_no_login")}</span></span>
          </button>
        </li>
      </ul>
      <p className="second small">{t("more.what_this_is")} <a href={href("/more/protocol")}>{t("more.protocol")}</a></p>
    </Shell>
  );
}
