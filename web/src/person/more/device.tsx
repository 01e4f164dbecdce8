import { useState, type FormEvent } from "react";
import { Button } from "../../base/button";
import { Field } from "../../base/field";
import { use_theme, type Theme } from "../../base/theme";
import { use_text } from "../../base/text";
import { allow_keeping, may_keep } from "../check_in/waiting";
import { Language_list } from "../language_choice";
import { Choices, Yes_no } from "../parts";
import { has_pin, remove_pin, set_pin } from "../shell/pin";
import { Shell } from "../shell/shell";
import "./more.css";

/** Look, language, PIN, and what may stay on this device. */
export default function Device() {
  const t = use_text();
  const [theme, set_theme] = use_theme();
  const [keeps, set_keeps] = useState(may_keep);
  return (
    <Shell title={t("device.title")} back="/more">
      <h2 className="voice">{t("more.device")}</h2>
      <Choices<Theme> legend={t("device.look")} value={theme} onChange={set_theme} of={(["device", "light", "dark"] as const).map((value) => ({ value, text: t(`device.${value}`) }))} />
      <section className="section">
        <h2>{t("device.language")}</h2>
        <Language_list />
      </section>
      <section className="section">
        <h2>{t("device.kept")}</h2>
        <Yes_no on={keeps} onChange={(yes) => (allow_keeping(yes), set_keeps(yes))}>
          {t("device.keep_check_ins")}<span className="second small why">{t("device.keep_check_ins_why")}</span>
        </Yes_no>
      </section>
      <Pin />
    </Shell>
  );
}

function Pin() {
  const t = use_text();
  const [set, set_set] = useState(has_pin);
  const [pin, set_text] = useState("");
  const [wrong, set_wrong] = useState("");
  const [said, say] = useState("");
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!/^\d{4,12}$/.test(pin)) return set_wrong(t("pin.wrong"));
    set_wrong("");
    await set_pin(pin);
    set_text("");
    set_set(true);
    say(t("pin.is_set"));
  };
  return (
    <section className="section">
      <h2>{t("pin.title")}</h2>
      <p>{t("pin.lead")}</p>
      <p className="second">{t("pin.honest")}</p>
      <form className="stack form" onSubmit={(event) => void save(event)} noValidate>
        <Field label={t(set ? "pin.new" : "pin.choose")} hint={t("pin.hint")} type="password" inputMode="numeric" autoComplete="off" value={pin} wrong={wrong || undefined} onChange={(event) => set_text(event.target.value)} />
        <div className="row">
          <Button kind="secondary" type="submit">{t(set ? "pin.change" : "pin.set")}</Button>
          {set && <Button kind="quiet" onClick={() => (remove_pin(), set_set(false), say(t("pin.is_off")))}>{t("pin.remove")}</Button>}
        </div>
        <p role="status">{said}</p>
      </form>
    </section>
  );
}
