import type { InputHTMLAttributes, ReactNode } from "react";
import { Choice_field, Field as BaseField, Text_field } from "../../base/field";

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange"> {
  label: ReactNode;
  hint?: ReactNode;
  problem?: string | null;
  value: string;
  onChange(value: string): void;
  /** more than one line */
  lines?: number;
}

/** A labelled field that gives its value, not its event. */
export function Field({ label, hint, problem, value, onChange, lines, ...rest }: Props) {
  const wrong = problem ?? undefined;
  if (lines) return <Text_field label={label} hint={hint} wrong={wrong} rows={lines} value={value} onChange={(event) => onChange(event.target.value)} dir="auto" id={rest.id} placeholder={rest.placeholder} disabled={rest.disabled} />;
  return <BaseField {...rest} label={label} hint={hint} wrong={wrong} value={value} onChange={(event) => onChange(event.target.value)} />;
}

interface PickProps {
  label: ReactNode;
  value: string;
  onChange(value: string): void;
  options: readonly { id: string; text: string }[];
  none?: string;
}

/** The browser's own list: it works with every reader and on every phone. */
export function Pick({ label, value, onChange, options, none }: PickProps) {
  return (
    <Choice_field label={label} value={value} onChange={onChange}>
      {none !== undefined && <option value="">{none}</option>}
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.text}
        </option>
      ))}
    </Choice_field>
  );
}
