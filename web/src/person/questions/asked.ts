/* Which questions are still to be asked, as the answers stand: skip rules and gates of the instrument's own file. */

import type { Questionnaire } from "../../api/generated";
import { holds } from "../../scoring/conditions";
import type { Condition } from "../../scoring/instrument";

type Answers = Readonly<Record<string, number | null>>;

/** In order. An answered question stays, whatever a rule says: nothing that somebody said is lost by a change of mind. */
export function asked(form: Pick<Questionnaire, "items" | "skips">, answers: Answers): Questionnaire["items"] {
  const values = new Map(Object.entries(answers).filter((one): one is [string, number] => typeof one[1] === "number"));
  const known = { values, scores: new Map<string, number>(), context: {}, refused: new Set<string>() };
  const needless = new Set<string>();
  for (const rule of form.skips)
    if (holds(rule.when as Condition, known))
      for (const id of rule.items)
        if (!values.has(id)) {
          needless.add(id);
          if (rule.value !== undefined) values.set(id, rule.value); // a later rule sees what an earlier one filled
        }
  return form.items.filter((item) => !needless.has(item.id));
}
