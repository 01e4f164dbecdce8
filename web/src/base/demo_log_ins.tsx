import { useQuery } from "@tanstack/react-query";
import type { DemoPerson, DemoStaff } from "../api/generated";
import { get } from "./client";
import { use_service } from "./service";
import { use_text } from "./text";

/** A code is the six figures of this moment; they change every 30 s and work once. */
type Log_in = DemoPerson & Partial<DemoStaff>;
export type Chosen_log_in = Log_in & { password: string };

const fetch_log_ins = () => get("/demo/log-ins");

/** In a demo, the log-ins that it was filled with. One touch gives one with its code of that moment. Nothing where there is no demo. */
export function Demo_log_ins({ of, busy, onChoose, role_name }: { of: "staff" | "people"; busy: boolean; onChoose: (chosen: Chosen_log_in) => void; role_name?: (role: string) => string }) {
  const t = use_text();
  const demo = use_service().data?.demo ?? false;
  const list = useQuery({ queryKey: ["demo-log-ins"], queryFn: fetch_log_ins, enabled: demo, retry: false });
  if (!demo || !list.data) return null;

  const choose = async (login: string) => {
    // The code on the page may be old or used by now.
    const fresh = await fetch_log_ins().catch(() => list.data);
    const chosen = fresh[of].find((one) => one.login === login);
    if (chosen) onChoose({ ...chosen, password: fresh.password });
  };

  return (
    <section className="demo-log-ins" aria-labelledby="demo-log-ins">
      <h2 id="demo-log-ins">{t("demo.log_ins")}</h2>
      <p>{t("demo.log_ins_what")}</p>
      <ul>
        {(list.data[of] as readonly Log_in[]).map((one) => (
          <li key={one.login}>
            <button type="button" disabled={busy} onClick={() => void choose(one.login)}>
              <b>{one.login}</b> <span>{one.name}{one.role && role_name ? `, ${role_name(one.role)}` : ""}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
