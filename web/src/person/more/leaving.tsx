import { Button } from "../../base/button";
import { use_text } from "../../base/text";
import { leave } from "../shell/leave";
import { Shell } from "../shell/shell";
import "./more.css";

/** Explains Leave before it is needed, and what it cannot do. */
export default function Leaving() {
  const t = use_text();
  return (
    <Shell title={t("leaving.bar")} back="/more">
      <h2 className="voice">{t("leaving.title")}</h2>
      <ul className="plain-list">
        {["what", "shift", "back", "unsent"].map((id) => <li key={id}>{t(`leaving.${id}`)}</li>)}
      </ul>
      <h3>{t("leaving.cannot")}</h3>
      <ul className="plain-list">
        {["history", "safer", "no_delete"].map((id) => <li key={id}>{t(`leaving.${id}`)}</li>)}
      </ul>
      <div><Button kind="secondary" onClick={leave}>{t("leaving.try")}</Button></div>
    </Shell>
  );
}
