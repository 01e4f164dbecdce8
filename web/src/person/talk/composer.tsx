import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import { use_text } from "../../base/text";
import { draft } from "./outbox";

/** The field at the foot. The draft is kept in this tab, so that moving about loses nothing. */
export function Composer({ placeholder, send, give }: { placeholder: string; send: (text: string) => void; give?: string }) {
  const t = use_text();
  const [text, set_text] = useState(draft.read);
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    if (give === undefined) return;
    set_text(give);
    field.current?.focus();
  }, [give]);
  useEffect(() => draft.write(text), [text]);
  useEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.blockSize = "auto";
    area.style.blockSize = `${Math.min(area.scrollHeight + 2, 180)}px`;
  }, [text]);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const words = text.trim();
    if (words === "") {
      field.current?.focus();
      return;
    }
    set_text("");
    send(words);
    field.current?.focus();
  };
  // Enter sends where there is a real keyboard; on a phone it is a new line.
  const key = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing && matchMedia("(hover: hover) and (pointer: fine)").matches) submit(event);
  };

  return (
    <form className="composer" onSubmit={submit}>
      <label className="unseen" htmlFor="words">{t("talk.field")}</label>
      <textarea id="words" ref={field} rows={1} className="input" placeholder={placeholder} value={text} maxLength={8000} dir="auto"
        autoComplete="off" enterKeyHint="enter" onChange={(event) => set_text(event.target.value)} onKeyDown={key} />
      <button type="submit" className="button primary">{t("talk.send")}</button>
    </form>
  );
}
