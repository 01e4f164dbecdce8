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

export function use_words(): Words {
  const intl = useIntl();
  const say = ((id: WordId, values?: { [name: string]: Plain }) => intl.formatMessage({ id }, values as { [name: string]: string })) as Words;
  say.with = (id, values) => intl.formatMessage({ id }, values as { [name: string]: ReactNode });
  return say;
}
