import { useEffect, useId, useRef, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from "react";
import { CircleAlert } from "lucide-react";
import { Icon } from "./icon";
import { use_text } from "./text";

interface Common {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and how to mend it; shown beside the field and read with it. */
  wrong?: string;
}

function Frame({ id, label, hint, wrong, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && <p className="hint" id={`${id}-hint`}>{hint}</p>}
      {wrong && (
        <p className="wrong" id={`${id}-wrong`}>
          <Icon of={CircleAlert} size={16} /> {wrong}
        </p>
      )}
      {children}
    </div>
  );
}

const described = (id: string, hint: unknown, wrong: unknown) => [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ") || undefined;

export function Field({ label, hint, wrong, id, className, ...rest }: Common & InputHTMLAttributes<HTMLInputElement>) {
  const own = useId();
  const name = id ?? own;
  return (
    <Frame id={name} label={label} hint={hint} wrong={wrong}>
      <input {...rest} id={name} className={`input ${className ?? ""}`} aria-invalid={wrong ? true : undefined} aria-describedby={described(name, hint, wrong)} />
    </Frame>
  );
}

export function Text_field({ label, hint, wrong, id, className, ...rest }: Common & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const own = useId();
  const name = id ?? own;
  return (
    <Frame id={name} label={label} hint={hint} wrong={wrong}>
      <textarea rows={3} {...rest} id={name} className={`input ${className ?? ""}`} aria-invalid={wrong ? true : undefined} aria-describedby={described(name, hint, wrong)} />
    </Frame>
  );
}

export function Choice_field({ label, hint, wrong, id, children, value, onChange, ...rest }: Common & { id?: string; children: ReactNode; value: string; onChange: (value: string) => void; name?: string; required?: boolean; autoComplete?: string }) {
  const own = useId();
  const name = id ?? own;
  return (
    <Frame id={name} label={label} hint={hint} wrong={wrong}>
      <select {...rest} id={name} className="input" value={value} onChange={(event) => onChange(event.target.value)} aria-invalid={wrong ? true : undefined} aria-describedby={described(name, hint, wrong)}>
        {children}
      </select>
    </Frame>
  );
}

/** The list of all that is wrong in a form. It takes focus when it appears; each line leads to its field. */
export function Problems({ of }: { of: readonly { id: string; text: string }[] }) {
  const t = use_text();
  const box = useRef<HTMLDivElement>(null);
  const count = of.length;
  useEffect(() => {
    if (count > 0) box.current?.focus();
  }, [count]);
  if (count === 0) return null;
  return (
    <div className="problems" role="alert" tabIndex={-1} ref={box}>
      <h2>{t("form.problem")}</h2>
      <ul>
        {of.map(({ id, text }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(id)?.focus();
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
