import type { ReactNode } from "react";

/** A page that is not there yet, or could not be had: it has its name all the same, for whoever moves by headings. */
export function Lone({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="lone">
      <h1 className="unseen">{title}</h1>
      {children}
    </div>
  );
}
