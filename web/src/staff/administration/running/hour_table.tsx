/* What a drawing shows, hour by hour, for whoever reads rather than looks. */

import type { ReactNode } from "react";

export interface HourRow {
  id: string;
  hour: string;
  cells: readonly ReactNode[];
}

/** Closed until somebody asks for it. @param title what the table is called to a screen reader */
export function HourTable({ summary, title, heads, rows }: { summary: string; title: string; heads: readonly string[]; rows: readonly HourRow[] }) {
  return (
    <details className="lane-table">
      <summary>{summary}</summary>
      <div className="course-table" tabIndex={0} role="region" aria-label={title}>
        <table>
          <caption className="unseen">{title}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th scope="col" key={head}>{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.hour}</th>
                {row.cells.map((cell, column) => (
                  <td key={heads[column + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
