import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { use_words } from "../words";
import { Button } from "./button";

interface Told {
  text: string;
  undo?: () => void;
}

interface Teller {
  tell(text: string, undo?: () => void): void;
  announce(text: string): void;
}

const Desk = createContext<Teller | null>(null);
const stays = 10_000; // ms; pages.md, section 7: undo for 10 s

/** One short sentence at the bottom after something was done, and a polite voice for readers. */
export function Tellings({ children }: { children: ReactNode }) {
  const words = use_words();
  const [told, setTold] = useState<Told | null>(null);
  const [voice, setVoice] = useState("");
  const timer = useRef(0);
  const announce = useCallback((text: string) => setVoice(text), []);
  const tell = useCallback((text: string, undo?: () => void) => {
    window.clearTimeout(timer.current);
    setTold({ text, undo });
    setVoice(text);
    timer.current = window.setTimeout(() => setTold(null), stays);
  }, []);
  const desk = useMemo(() => ({ tell, announce }), [tell, announce]);
  return (
    <Desk.Provider value={desk}>
      {children}
      <div className="unseen" role="status" aria-live="polite">
        {voice}
      </div>
      {told && (
        <aside className="toast" aria-label={words("toast.label")}>
          <span>{told.text}</span>
          {told.undo && (
            <Button
              size="s"
              look="quiet"
              onPress={() => {
                told.undo?.();
                setTold(null);
              }}
            >
              {words("toast.undo")}
            </Button>
          )}
          <Button size="s" look="quiet" onPress={() => setTold(null)}>
            {words("toast.close")}
          </Button>
        </aside>
      )}
    </Desk.Provider>
  );
}

export function use_tell(): Teller {
  const desk = useContext(Desk);
  if (!desk) throw new Error("Tellings is missing above this component");
  return desk;
}
