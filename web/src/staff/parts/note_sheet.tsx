import { useState } from "react";
import { as_problem } from "../../base/problem";
import { use_words } from "../words";
import { Button } from "./button";
import { Field } from "./field";
import { Sheet } from "./sheet";
import { use_tell } from "./toast";

/** A note for colleagues. It is kept until it is stored. */
export function NoteSheet({ open, close, save }: { open: boolean; close(): void; save(text: string): Promise<unknown> }) {
  const words = use_words();
  const { tell } = use_tell();
  const [text, set_text] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const [busy, set_busy] = useState(false);
  const submit = async () => {
    if (text.trim() === "") {
      set_problem(words("note.empty"));
      return;
    }
    set_busy(true);
    set_problem(null);
    try {
      await save(text.trim());
      set_text("");
      close();
      tell(words("note.saved"));
    } catch (error) {
      const told = as_problem(error);
      set_problem(told.no_network ? words("staff.no_answer_detail") : told.detail || words("staff.not_done"));
    } finally {
      set_busy(false);
    }
  };
  return (
    <Sheet title={words("note.title")} open={open} close={close}>
      <Field label={words("note.words")} hint={words("note.hint")} lines={5} value={text} onChange={set_text} problem={problem} />
      <Button look="primary" onPress={() => void submit()} isDisabled={busy}>
        {words("note.save")}
      </Button>
    </Sheet>
  );
}
