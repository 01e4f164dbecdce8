import type { ReactNode } from "react";
import { Demo_strip } from "../../base/demo_strip";
import { Handrail_mark } from "../../base/icon";
import { use_service } from "../../base/service";
import { use_words } from "../words";

/** The quiet page before the door: mark, one form, nothing else. */
export function Frame({ title, children, lead }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const words = use_words();
  const service = use_service();
  return (
    <>
      <header>
        <Demo_strip />
      </header>
      <main className="entry">
        <p className="entry-name">
          <Handrail_mark size={26} />
          {service.data?.name ?? words("shell.name")}
          <span className="faint">{words("entry.staff")}</span>
        </p>
        <div className="entry-card">
          <h1>{title}</h1>
          {lead && <p className="second">{lead}</p>}
          {children}
        </div>
      </main>
    </>
  );
}
