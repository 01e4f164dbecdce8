import { Button } from "../../base/button";
import { Failed, Notice } from "../../base/states";
import { use_service } from "../../base/service";
import { Text, use_text } from "../../base/text";
import { Language_row } from "../language_choice";
import { go, href } from "../router";
import { Shell } from "../shell/shell";
import { Said } from "../spoken";
import "./welcome.css";

const statements = [
  { id: "ai", human: false },
  { id: "team", human: true },
  { id: "danger", human: true },
  { id: "charge", human: false },
] as const;

/** Step 1: what this is, before the first word. Nothing to fill in. */
export default function Welcome() {
  const t = use_text();
  const service = use_service();
  const reads = service.data?.privacy;

  return (
    <Shell title={service.data?.name ?? t("app.name")} mark no_tabs
      foot={
        <div className="foot-action welcome-foot">
          <Button kind="primary" wide onClick={() => go("/welcome/choices")}>{t("welcome.go_on")}</Button>
          <p className="welcome-links">
            <a href={href("/sign-in")}>{t("welcome.have_account")}</a>
          </p>
        </div>
      }
    >
      <Language_row />
      <div>
        <p className="second step-count">{t("welcome.step", { n: 1 })}</p>
        <h2 className="voice welcome-title">{t("welcome.title")}</h2>
      </div>
      {service.isError && <Failed title={t("welcome.failed")} safe={t("welcome.failed_safe")} error={service.error} retry={() => void service.refetch()} />}
      {service.data && !service.data.open && (
        <Notice><div><p><strong>{t("welcome.closed")}</strong></p><p>{t("welcome.closed_what")}</p></div></Notice>
      )}
      <ol className="rail statements">
        {statements.map((one) => (
          <li key={one.id}>
            <span className={`rail-node${one.human ? " human" : ""}`} aria-hidden="true" />
            <h3>{t(`welcome.${one.id}`)}</h3>
            <p>{one.id === "team" && reads ? <><Said text={reads.who_reads} /> <Said text={reads.when} /></> : t(`welcome.${one.id}_what`)}</p>
          </li>
        ))}
      </ol>
      <p className="second small"><Text id="welcome.protocol" values={{ link: (words) => <a href={href("/protocol")}>{words}</a> }} /></p>
    </Shell>
  );
}
