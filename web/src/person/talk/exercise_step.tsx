import { useState } from "react";
import type { LucideIcon } from "lucide-react";
import type { Block } from "../../api/generated";
import { Icon } from "../../base/icon";
import { use_text } from "../../base/text";
import { Paragraphs } from "./rich";

/** One step of an exercise, in the conversation. Pausing is simply not going on. */
export function Exercise_step({ block, icon }: { block: Extract<Block, { kind: "exercise" }>; icon: LucideIcon }) {
  const t = use_text();
  const [open, set_open] = useState(true);
  const where = t("exercise.step", { step: block.step, steps: block.steps, minutes: block.minutes ?? 0 });
  return (
    <section className="exercise" aria-label={`${block.title}. ${where}`}>
      <header>
        <Icon of={icon} size={22} />
        <span>
          <strong dir="auto">{block.title}</strong>
          <span className="second">{where}</span>
        </span>
        <button type="button" className="link" aria-expanded={open} onClick={() => set_open(!open)}>{t(open ? "exercise.hide" : "exercise.show")}</button>
      </header>
      {open && <div className="exercise-text"><Paragraphs text={block.text} /></div>}
    </section>
  );
}
