import { useState } from "react";
import { Button } from "../../base/button";
import { setting } from "../../base/device";
import { Choice_field, Problems } from "../../base/field";
import { use_service } from "../../base/service";
import { use_text } from "../../base/text";
import { Choices } from "../parts";
import { go } from "../router";
import { Shell } from "../shell/shell";
import { use_countries } from "../spoken";
import { age_bands, choose, use_chosen } from "./choices";
import "./welcome.css";

/** Step 2: age band and country, because lines and wording depend on them. Never a birth date. */
export default function About_you() {
  const t = use_text();
  const service = use_service();
  const chosen = use_chosen();
  const countries = use_countries();
  const [wrong, set_wrong] = useState<{ id: string; text: string }[]>([]);

  const on = () => {
    const found = [];
    if (!chosen.country) found.push({ id: "country", text: t("about.country_wrong") });
    if (!chosen.age_band) found.push({ id: "age", text: t("about.age_wrong") });
    set_wrong(found);
    if (found.length === 0) go("/welcome/consent");
  };

  return (
    <Shell title={service.data?.name ?? t("app.name")} back="/welcome" no_tabs
      foot={<div className="foot-action"><Button kind="primary" wide onClick={on}>{t("welcome.next")}</Button></div>}
    >
      <div>
        <p className="second step-count">{t("welcome.step", { n: 2 })}</p>
        <h2 className="voice welcome-title">{t("about.title")}</h2>
        <p className="second">{t("about.why")}</p>
      </div>
      <Problems of={wrong} />
      <Choice_field id="country" label={t("about.country")} value={chosen.country ?? ""} autoComplete="country"
        wrong={wrong.find((one) => one.id === "country")?.text}
        onChange={(country) => {
          choose({ country: country || null });
          setting.write("rail.country", country || null);
        }}
      >
        <option value="">{t("about.choose_country")}</option>
        {countries.map((country) => <option key={country.code} value={country.code}>{country.name}</option>)}
        <option value="ZZ">{t("about.other_country")}</option>
      </Choice_field>
      <div id="age" tabIndex={-1} className="ages">
        <Choices legend={t("about.age")} wrong={wrong.find((one) => one.id === "age")?.text} value={chosen.age_band} onChange={(age_band) => choose({ age_band })} of={age_bands.map((value) => ({ value, text: t(`age.${value}`) }))} />
      </div>
      {chosen.age_band && ["under_13", "13_17"].includes(chosen.age_band) && <p className="notice">{t("about.young")}</p>}
    </Shell>
  );
}
