/* What someone sees who comes back after Leave: a plain page that tells nothing. With a PIN it asks for it. */

import { useState, type FormEvent } from "react";
import { Button } from "../../base/button";
import { Field } from "../../base/field";
import { use_text } from "../../base/text";
import { use_help_page } from "../spoken";
import { cover } from "./leave";
import { has_pin, pin_opens } from "./pin";

export function Cover({ open }: { open: () => void }) {
  const t = use_text();
  const [pin, set_pin] = useState("");
  const [wrong, set_wrong] = useState(false);

  const go_on = async (event: FormEvent) => {
    event.preventDefault();
    if (has_pin() && !(await pin_opens(pin))) {
      set_wrong(true);
      set_pin("");
      return;
    }
    cover(false);
    open();
  };

  return (
    <main className="cover">
      <form onSubmit={(event) => void go_on(event)}>
        <h1>{t("cover.title")}</h1>
        {has_pin() && (
          <Field label={t("cover.pin")} type="password" inputMode="numeric" autoComplete="off" value={pin} wrong={wrong ? t("cover.wrong") : undefined}
            onChange={(event) => set_pin(event.target.value)} />
        )}
        <Button type="submit" kind="primary" wide>{t("cover.open")}</Button>
      </form>
      <p><a href={use_help_page()}>{t("help.button")}</a></p>
    </main>
  );
}
