import { Jump } from "../parts/button";
import { to } from "../route";
import { use_caseload } from "../server";
import { use_words } from "../words";

/** A test page for this account, above everything: the service cannot open before it is acknowledged. */
export function TestBar({ here }: { here: boolean }) {
  const words = use_words();
  const caseload = use_caseload("team");
  const page = caseload.data?.test_pages?.[0];
  if (!page || here) return null;
  return (
    <section className="ask-call" aria-label={words("test.title")}>
      <p>{words("test.bar")}</p>
      <Jump path={to.alert(page.alert)} className="push push-s push-primary">
        {words("test.open")}
      </Jump>
    </section>
  );
}
