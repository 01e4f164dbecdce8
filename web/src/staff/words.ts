/* The staff page's own sentences, with names checked by the compiler. */

import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import type base from "../messages/en.base.json";
import type staff from "../messages/en.staff.json";

export type WordId = keyof typeof base | keyof typeof staff;

type Plain = string | number | boolean | Date | null | undefined;
type Pieces = { [name: string]: Plain | ReactNode | ((chunks: ReactNode[]) => ReactNode) };

export interface Words {
  (id: WordId, values?: { [name: string]: Plain }): string;
  /** with pieces that are more than text: links, bold words */
  with(id: WordId, values: Pieces): ReactNode;
}

/** What stands in a sentence for somebody who gave no name: "What this person was told". */
export const nameless_words: WordId = "person.nameless";

/** A sentence that begins with a word for a name begins with a capital all the same. */
export function begun(said: string, nameless: string): string {
  return nameless !== "" && said.startsWith(nameless) && said.length > nameless.length ? said.charAt(0).toLocaleUpperCase("en") + said.slice(1) : said;
}

export function use_words(): Words {
  const intl = useIntl();
  const say = ((id: WordId, values?: { [name: string]: Plain }) => {
    const said = intl.formatMessage({ id }, values as { [name: string]: string });
    return values?.name === undefined ? said : begun(said, intl.formatMessage({ id: nameless_words }));
  }) as Words;
  say.with = (id, values) => intl.formatMessage({ id }, values as { [name: string]: ReactNode });
  return say;
}
