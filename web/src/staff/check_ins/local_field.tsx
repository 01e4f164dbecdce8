import { Field } from "../parts/field";
import type { Local } from "./draft";

interface Props {
  what: string;
  hint?: string;
  languages: readonly string[];
  value: Local;
  onChange(value: Local): void;
  lines?: number;
}

/** One text in every language of the check-in, each in a field of its own. */
export function LocalField({ what, hint, languages, value, onChange, lines }: Props) {
  return languages.map((language) => <Field key={language} lang={language} label={languages.length > 1 ? `${what} (${language})` : what} hint={hint} lines={lines} value={value[language] ?? ""} onChange={(text) => onChange({ ...value, [language]: text })} />);
}
