import type { ReactNode } from "react";

/** The title of a section, what it is for, and what one can do with all of it. */
export function Head({ title, lead, children }: { title: string; lead: string; children?: ReactNode }) {
  return (
    <header className="section-head">
      <h1>{title}</h1>
      <p className="second">{lead}</p>
      {children}
    </header>
  );
}
