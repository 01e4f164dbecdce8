import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { in_field, is_single, name_of } from "./keymap";

type Handlers = Record<string, (() => void) | undefined>;

interface KeyDesk {
  add(handlers: { current: Handlers }): () => void;
  on: boolean;
  turn(on: boolean): void;
}

const Desk = createContext<KeyDesk | null>(null);
const kept = "handrail:single-keys";
const chord_time = 1200; // ms in which the second letter after G is awaited

/** Listens once for the whole page; the component mounted last answers first. */
export function Keys({ children }: { children: ReactNode }) {
  const stack = useRef<{ current: Handlers }[]>([]);
  const [on, setOn] = useState(() => localStorage.getItem(kept) !== "off");
  const enabled = useRef(on);
  enabled.current = on;

  useEffect(() => {
    let chord_until = 0;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = name_of(event);
      if (name === null) return;
      const typing = in_field(event.target);
      if (typing && name === "escape") {
        (event.target as HTMLElement).blur();
        return;
      }
      if (typing && !name.startsWith("ctrl+")) return;
      const modal = document.querySelector("[role=dialog], [role=alertdialog]");
      if (modal) return;
      const chord = Date.now() < chord_until ? `g ${name}` : name;
      chord_until = name === "g" ? Date.now() + chord_time : 0;
      if (is_single(chord) && !enabled.current) return;
      if (name === "enter" && event.target instanceof Element && event.target.closest("button, a, summary, [role=radio], [role=switch]")) return;
      for (const handlers of [...stack.current].reverse()) {
        const act = handlers.current[chord];
        if (!act) continue;
        event.preventDefault();
        event.stopPropagation();
        act();
        return;
      }
    };
    document.addEventListener("keydown", press, true);
    return () => document.removeEventListener("keydown", press, true);
  }, []);

  const desk = useMemo<KeyDesk>(
    () => ({
      add: (handlers) => {
        stack.current.push(handlers);
        return () => {
          stack.current = stack.current.filter((one) => one !== handlers);
        };
      },
      on,
      turn: (next) => {
        localStorage.setItem(kept, next ? "on" : "off");
        setOn(next);
      },
    }),
    [on],
  );
  return <Desk.Provider value={desk}>{children}</Desk.Provider>;
}

function use_desk(): KeyDesk {
  const desk = useContext(Desk);
  if (!desk) throw new Error("Keys is missing above this component");
  return desk;
}

/** Answers keys while the component is mounted. Undefined handlers let the key pass. */
export function use_keys(handlers: Handlers): void {
  const desk = use_desk();
  const latest = useRef(handlers);
  latest.current = handlers;
  const { add } = desk;
  useEffect(() => add(latest), [add]);
}

/** Whether single keys are on, and the switch for it. */
export function use_single_keys(): [boolean, (on: boolean) => void] {
  const desk = use_desk();
  return [desk.on, desk.turn];
}

/** A key drawn on the button that does the same. Hidden from readers: aria-keyshortcuts says it. */
export function KeyCap({ children }: { children: string }) {
  const desk = use_desk();
  if (!desk.on && children.length === 1) return null;
  return (
    <kbd className="key-cap" aria-hidden="true">
      {children}
    </kbd>
  );
}
