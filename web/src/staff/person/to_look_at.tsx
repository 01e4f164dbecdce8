import type { ToLookAt } from "../nouns";
import { LookedAt } from "../parts/looked";
import { RuleLine } from "../parts/rule_line";
import { use_now, use_when } from "../when";
import { use_words } from "../words";
import { MakeQuiet } from "./quiet";

/** What is for soon and nobody has looked at, above what came after it: whose it is, since when, and what one did. */
export function ToLookAtPart({ person, items }: { person: string; items: readonly ToLookAt[] }) {
  const words = use_words();
  const when = use_when();
  const now = use_now();
  if (items.length === 0) return null;
  const late = (due_at: string | undefined) => due_at !== undefined && Date.parse(due_at) <= now;
  return (
    <section className="to-look-at" aria-labelledby="to-look-at">
      <h2 id="to-look-at">{words("looked.title", { n: items.length })}</h2>
      <ul className="finding-list">
        {items.map(({ finding, owner }) => (
          <li key={finding.id}>
            <h3 className="their-words">{finding.why}</h3>
            <p className={late(finding.due_at) ? "heavy" : "second small"}>
              {late(finding.due_at) ? words("looked.overdue", { at: when.date(finding.at) }) : finding.due_at && words("looked.due", { at: when.day_and_time(finding.due_at) })} {owner ? words("looked.whose", { name: owner.name }) : words("looked.nobodys")}
            </p>
            <RuleLine finding={finding} />
            {finding.rule && <MakeQuiet finding={finding} />}
          </li>
        ))}
      </ul>
      <LookedAt person={person} findings={items.map(({ finding }) => finding.id)} />
    </section>
  );
}
