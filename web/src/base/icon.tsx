/* Lucide icons (ISC), never alone except back: the words beside them carry the meaning, so all are hidden from readers. */

import type { LucideIcon } from "lucide-react";

export function Icon({ of: Shape, size = 20, stroke = 2 }: { of: LucideIcon; size?: number; stroke?: number }) {
  return <Shape aria-hidden="true" focusable="false" width={size} height={size} strokeWidth={stroke} />;
}

/** The service's own mark: three posts and a rail. The rail is lamp in the drawing because a hand holds it. */
export function Handrail_mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" strokeLinecap="round" aria-hidden="true" focusable="false">
      <path className="posts" d="M4.5 10v10M12 8v12M19.5 6v14" strokeWidth="2.4" />
      <path className="bar" d="M3 8.6 21 4.4" strokeWidth="3.6" />
    </svg>
  );
}
