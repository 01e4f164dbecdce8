import { CalendarClock, ChartNoAxesColumn, ClipboardPen, FileInput, ListOrdered, type LucideIcon, MessagesSquare, Scale, Settings2, Users } from "lucide-react";
import { Handrail_mark, Icon } from "../../base/icon";
import { Human_mark } from "../../base/marks";
import { use_service } from "../../base/service";
import type { Account } from "../nouns";
import { Jump } from "../parts/button";
import { names } from "../rota/clock";
import { use_on_call } from "../rota/desk";
import { to } from "../route";
import { use_caseload, use_findings, use_live_queue } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { type Area, areas_of, may } from "./role";

const icons: Record<Area, LucideIcon> = { caseload: ListOrdered, live: MessagesSquare, people: Users, findings: Scale, service: ChartNoAxesColumn, rota: CalendarClock, check_ins: ClipboardPen, imports: FileInput, administration: Settings2 };

/** Where one can go, and who one is. Only what the role can use stands here. */
export function SideBar({ me, where, open_me }: { me: Account; where: string; open_me(): void }) {
  const words = use_words();
  const when = use_when();
  const service = use_service();
  const caseload = use_caseload("team", may(me, "caseload"));
  const live = use_live_queue(may(me, "live"));
  const findings = use_findings(may(me, "findings"));

  const on_call = use_on_call(may(me, "rota"));
  const duty = on_call.data?.items.find((one) => one.until && one.now.some((each) => each.id === me.id));
  const soon = Date.parse(duty?.until ?? "") - Date.now() < 20 * 3_600_000; // its hour alone says when

  const counts = caseload.data?.counts;
  const shown: Partial<Record<Area, number>> = {
    caseload: counts ? counts.now + counts.today + counts.unknown + counts.soon : undefined,
    live: live.data ? live.data.waiting.length + live.data.mine.length : undefined,
    findings: findings.data?.items.length,
  };
  const here = where === "alerts" ? "caseload" : where;

  return (
    <aside className="side">
      <Jump path="/" className="side-name">
        <Handrail_mark size={24} />
        <span>{service.data?.name && service.data.name.length < 16 ? service.data.name : words("shell.name")}</span>
      </Jump>
      <nav aria-label={words("shell.nav")}>
        <ul className="side-list">
          {areas_of(me).map((area) => (
            <li key={area}>
              <Jump path={to[area]} className="side-item" current={here === area}>
                <Icon of={icons[area]} size={20} stroke={1.75} />
                <span className="side-word">{words(`shell.${area}`)}</span>
                {Boolean(shown[area]) && (
                  <span className="side-count">
                    {shown[area]}
                    <span className="unseen"> {words(`shell.count_${area as "caseload" | "live" | "findings"}`)}</span>
                  </span>
                )}
              </Jump>
            </li>
          ))}
        </ul>
      </nav>
      <button type="button" className="me-card" onClick={open_me}>
        <span className="me-who">
          <Human_mark name={me.display_name} />
          <span className="me-words">
            <strong>{me.display_name}</strong>
            <span className="me-role">{words(`role.${me.role}` as "role.clinician")}</span>
          </span>
        </span>
        <span className="me-duty">{duty ? words(duty.next?.length ? "on_call.mine_next" : "on_call.mine", { clock: soon ? when.time(duty.until ?? "") : when.day_and_time(duty.until ?? ""), next: names(duty.next ?? []) }) : words("shell.me")}</span>
      </button>
    </aside>
  );
}
