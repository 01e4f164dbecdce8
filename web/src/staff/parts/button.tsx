import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";
import { KeyCap } from "../keys/keys";
import { go, href } from "../route";

interface Props extends Omit<ButtonProps, "children" | "className"> {
  children: ReactNode;
  /** primary: the one for the step; lamp: reaches a human; quiet: looks like text; brick: cannot be undone */
  look?: "primary" | "secondary" | "lamp" | "quiet" | "edge" | "brick";
  size?: "s" | "m" | "l";
  /** the key that does the same, drawn on the button */
  hint?: string;
}

export function Button({ children, look = "secondary", size = "m", hint, ...rest }: Props) {
  return (
    <AriaButton {...rest} className={`push push-${look} push-${size}`} aria-keyshortcuts={hint && hint.length === 1 ? hint : undefined}>
      {children}
      {hint && <KeyCap>{hint}</KeyCap>}
    </AriaButton>
  );
}

interface JumpProps {
  path: string;
  children: ReactNode;
  className?: string;
  current?: boolean;
}

/** A link inside the staff pages: opens in a new tab like any other, and here without loading the page again. */
export function Jump({ path, children, className = "jump", current }: JumpProps) {
  return (
    <a
      href={href(path)}
      className={className}
      aria-current={current ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(path);
      }}
    >
      {children}
    </a>
  );
}
