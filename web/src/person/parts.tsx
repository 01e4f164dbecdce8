/* Small parts that several pages for people share. */

import type { ReactNode } from "react";
import { FieldError, Label, Radio, RadioGroup, Switch } from "react-aria-components";
import { use_text } from "../base/text";

/** One of several, each on its own line. `value` null: nothing chosen yet. */
export function Choices<T extends string>({ legend, quiet_legend, wrong, value, onChange, of, id }: {
  legend: string; quiet_legend?: boolean; wrong?: string; value: T | null; onChange: (value: T) => void; of: { value: T; text: string; lang?: string }[]; id?: string;
}) {
  return (
    <RadioGroup className="choices" id={id} value={value} onChange={(chosen) => onChange(chosen as T)} isInvalid={wrong !== undefined}>
      <Label className={quiet_legend ? "unseen" : "legend"}>{legend}</Label>
      {wrong && <FieldError className="wrong-choice">{wrong}</FieldError>}
      {of.map((one) => (
        <Radio key={one.value} value={one.value} className="choice">
          {one.lang ? <span lang={one.lang}>{one.text}</span> : one.text}
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** A switch with its state in words beside it. */
export function Yes_no({ children, on, onChange, busy }: { children: ReactNode; on: boolean; onChange: (on: boolean) => void; busy?: boolean }) {
  const t = use_text();
  return (
    <Switch className="switch" isSelected={on} onChange={onChange} isReadOnly={busy}>
      <span className="what">{children}</span>
      <span className="state-word" aria-hidden="true">
        <span className="track" />
        {t(on ? "word.yes" : "word.no")}
      </span>
    </Switch>
  );
}

/** The `tel:` address of the first number in `text`; "112 or 999" gives 112. */
export function tel(text: string): string {
  const first = /\+?\d[\d\s().-]*/.exec(text)?.[0] ?? text;
  return `tel:${first.replace(/[^\d+]/g, "")}`;
}

export function sms(number: string, body?: string | null): string {
  return `sms:${number.replace(/[^\d+]/g, "")}${body ? `?body=${encodeURIComponent(body)}` : ""}`;
}
