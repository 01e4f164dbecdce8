import { use_keys } from "../keys/keys";
import type { Account, Alert } from "../nouns";
import { Button } from "../parts/button";
import { use_tell } from "../parts/toast";
import { use_acknowledge } from "../server";
import { use_words } from "../words";
import { Called } from "./called";
import { Path } from "./path";

/** A page without a person: sent to prove that the alert path reaches a human, or because something of the service broke. */
export function TestPage({ alert, me }: { alert: Alert; me: Account }) {
  const words = use_words();
  const { tell } = use_tell();
  const acknowledge = use_acknowledge();
  const open = alert.state === "open";
  const answer = () => acknowledge.mutate(alert.id, { onSuccess: () => tell(words(alert.test ? "test.thanks" : "service_page.thanks")), onError: (problem) => tell(problem.detail || words("staff.not_done")) });
  use_keys({ a: open && !acknowledge.isPending ? answer : undefined });
  return (
    <div className="lone">
      <div className="block stack">
        <h1>{words(alert.test ? "test.title" : "service_page.title")}</h1>
        <p>{alert.test ? words("test.what") : alert.reason}</p>
        <Path alert={alert} me={me} />
        <Called alert={alert} />
        {open ? (
          <Button look="primary" size="l" onPress={answer} isDisabled={acknowledge.isPending} hint="A">
            {words("chosen.acknowledge")}
          </Button>
        ) : (
          <p className="notice">{words(alert.test ? "test.done" : "service_page.done")}</p>
        )}
      </div>
    </div>
  );
}
