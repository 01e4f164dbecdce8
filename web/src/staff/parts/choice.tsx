import type { ReactNode } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { KeyCap } from "../keys/keys";

interface Option<T extends string> {
  id: T;
  text: ReactNode;
  hint?: string;
}

interface Props<T extends string> {
  label: string;
  options: readonly Option<T>[];
  value: T | null;
  onChange: (value: T) => void;
  look?: "joined" | "apart" | "stacked";
  isDisabled?: boolean;
  label_shown?: boolean;
}

/** One of a few. Nothing is chosen until somebody chooses it. */
export function Choice<T extends string>({ label, options, value, onChange, look = "joined", isDisabled, label_shown }: Props<T>) {
  return (
    <RadioGroup className={`choice choice-${look}`} value={value} onChange={(next) => onChange(next as T)} isDisabled={isDisabled} orientation={look === "stacked" ? "vertical" : "horizontal"} aria-label={label_shown ? undefined : label}>
      {label_shown && <Label className="choice-label">{label}</Label>}
      <div className="choice-options">
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className="choice-option">
            {option.hint && <KeyCap>{option.hint}</KeyCap>}
            <span>{option.text}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
