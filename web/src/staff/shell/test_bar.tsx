import { Jump } from "../parts/button";
import { to } from "../route";
import { use_caseload } from "../server";
import { use_words } from "../words";

/** A page without a person, above everything: a test page for this account, or one about the service itself, which goes first. */
export function TestBar({ here }: { here: boolean }) {
  const words = use_words();
  const caseload = use_caseload("team");
  const pages = caseload.data?.test_pages;
  const page = pages?.find((one) => one.service) ?? pages?.[0];
  if (!page || here) return null;
  return (
    <section className="ask-call" aria-label={words(page.service ? "service_page.title" : "test.title")}>
      <p>{page.service ? page.reason : words("test.bar")}</p>
      <Jump path={to.alert(page.alert)} className="push push-s push-primary">
        {words("test.open")}
      </Jump>
    </section>
  );
}
