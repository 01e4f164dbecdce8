/* A reply's text: **strong**, paragraphs, and telephone numbers that can be touched. Nothing else is read as markup. */

import type { ReactNode } from "react";
import { tel } from "../parts";

const piece = /\*\*(.+?)\*\*|(?<![\d:.,/+-])(\+?\d(?:[\d ]*\d)?(?: or \d{3})?)(?![\d:/%-]|[.,]\d)/g;

/** Emergency numbers have three digits, lines five or more; years, times and amounts stay text. */
function is_number_to_call(text: string): boolean {
  const digits = text.replace(/ or .*/, "").replace(/\D/g, "").length;
  return digits === 3 || (digits >= 5 && digits <= 15);
}

export function Rich({ text, call_numbers = false }: { text: string; call_numbers?: boolean }): ReactNode {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const found of text.matchAll(piece)) {
    const [whole, strong, number] = found;
    if (number !== undefined && !(call_numbers && is_number_to_call(number))) continue;
    parts.push(text.slice(end, found.index));
    parts.push(strong !== undefined ? <strong key={found.index}>{strong}</strong> : <a key={found.index} href={tel(whole)} className="number">{whole}</a>);
    end = found.index + whole.length;
  }
  parts.push(text.slice(end));
  return <>{parts}</>;
}

export function Paragraphs({ text, call_numbers }: { text: string; call_numbers?: boolean }) {
  return (
    <>
      {text.split(/\n{2,}/).map((part, index) => (
        <p key={index} dir="auto"><Rich text={part} call_numbers={call_numbers} /></p>
      ))}
    </>
  );
}
