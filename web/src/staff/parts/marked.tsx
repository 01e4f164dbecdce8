import type { ReactNode } from "react";
import type { Mark } from "../nouns";

/**
 * The person's words, never tidied, with the words that raised an alert marked.
 * Marks count code points, as the server does; marks that overlap are joined.
 */
export function Marked({ text, marks }: { text: string; marks?: readonly Mark[] | null }) {
  const points = [...text];
  const part = (begin: number, end?: number) => points.slice(begin, end).join("");
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const mark of joined(marks ?? [], points.length)) {
    if (mark.begin > at) pieces.push(part(at, mark.begin));
    pieces.push(
      <mark key={mark.begin} className="raised-words">
        {part(mark.begin, mark.end)}
      </mark>,
    );
    at = mark.end;
  }
  pieces.push(part(at));
  return (
    <span dir="auto" className="their-words">
      {pieces}
    </span>
  );
}

export function joined(marks: readonly Mark[], length: number): { begin: number; end: number }[] {
  const result: { begin: number; end: number }[] = [];
  for (const mark of [...marks].sort((a, b) => a.begin - b.begin)) {
    const begin = Math.max(0, mark.begin);
    const end = Math.min(length, mark.end);
    if (end <= begin) continue;
    const last = result[result.length - 1];
    if (last && begin <= last.end) last.end = Math.max(last.end, end);
    else result.push({ begin, end });
  }
  return result;
}
