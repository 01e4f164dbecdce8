import { type FormEvent, useState } from "react";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { use_tell } from "../parts/toast";
import { use_break_glass } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";

/** Outside one's team: a reason first, with the second factor. The lead and the person see it. */
export function BreakGlassForm({ person }: { person: string }) {
  const words = use_words();
  const when = use_when();
  const { tell } = use_tell();
  const open = use_break_glass();
  const [reason, set_reason] = useState("");
  const [code, set_code] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "" || code.trim() === "") {
      set_problem(words("break_glass.fill_both"));
      return;
    }
    set_problem(null);
    open.mutate(
      { person, reason: reason.trim(), code: code.replace(/\s/g, "") },
      {
        onSuccess: (made) => tell(words("break_glass.open_until", { clock: when.time(made.until) })),
        onError: (told) => set_problem(told.no_network ? words("staff.no_answer_detail") : told.detail || words("staff.not_done")),
      },
    );
  };
  return (
    <div className="lone">
      <form className="block stack" onSubmit={submit} noValidate>
        <h1>{words("break_glass.title")}</h1>
        <p>{words("break_glass.lead")}</p>
        {problem && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        <Field label={words("break_glass.reason")} hint={words("break_glass.reason_hint")} lines={3} value={reason} onChange={set_reason} />
        <Field label={words("sign_in.code")} hint={words("sign_in.code_hint")} inputMode="numeric" autoComplete="one-time-code" value={code} onChange={set_code} />
        <Button type="submit" look="primary" size="l" isDisabled={open.isPending}>
          {words("break_glass.go")}
        </Button>
      </form>
    </div>
  );
}
