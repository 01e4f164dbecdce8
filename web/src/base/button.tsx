import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from "react";
import type { LucideIcon } from "lucide-react";
import { Icon } from "./icon";

/** primary: the one thing to do. lamp, lamp-line: reaches a human. danger: cannot be undone. */
export type Kind = "primary" | "secondary" | "quiet" | "lamp" | "lamp-line" | "danger" | "link";

interface Look {
  kind?: Kind;
  small?: boolean;
  wide?: boolean;
  icon?: LucideIcon;
  /** A key that does the same; it stands on the button (staff pages). */
  shortcut?: string;
}

function class_of({ kind = "secondary", small, wide }: Look, more = ""): string {
  if (kind === "link") return `link ${more}`.trim();
  return `button ${kind}${small ? " small" : ""}${wide ? " wide" : ""} ${more}`.trim();
}

function Inside({ icon, small, shortcut, children }: Look & { children: ReactNode }) {
  return (
    <>
      {icon && <Icon of={icon} size={small ? 16 : 20} />}
      {children}
      {shortcut && <kbd aria-hidden="true">{shortcut}</kbd>}
    </>
  );
}

type Button_props = Look & ButtonHTMLAttributes<HTMLButtonElement> & {
  /** The thing is being done: the button stays in place and in focus but does nothing. */
  busy?: boolean;
};

export function Button({ kind, small, wide, icon, shortcut, busy, className, children, onClick, ...rest }: Button_props) {
  const look = { kind, small, wide, icon, shortcut };
  return (
    <button
      type="button"
      {...rest}
      className={class_of(look, className)}
      aria-disabled={busy || rest["aria-disabled"] || undefined}
      aria-keyshortcuts={shortcut}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      <Inside {...look}>{children}</Inside>
    </button>
  );
}

/** A link that looks like a button: for telephone numbers and other places. */
export function Link_button({ kind, small, wide, icon, shortcut, className, children, ...rest }: Look & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const look = { kind, small, wide, icon, shortcut };
  return (
    <a {...rest} className={class_of(look, className)}>
      <Inside {...look}>{children}</Inside>
    </a>
  );
}
