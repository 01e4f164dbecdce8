import { Failed, Loading } from "../../base/states";
import type { Walk } from "../nouns";
import { use_walk } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";

/** Whether the way of an alert held when the service last walked it, in plain words. */
export function WalkBlock() {
  const words = use_words();
  const walk = use_walk();
  return (
    <section className="block service-wide" aria-labelledby="walk">
      <h2 id="walk">{words("walk.title")}</h2>
      {walk.isPending && <Loading what={words("walk.loading")} />}
      {walk.isError && !walk.data && <Failed title={words("walk.failed")} error={walk.error} retry={() => void walk.refetch()} />}
      {walk.data && <Told walk={walk.data} />}
    </section>
  );
}

function Told({ walk }: { walk: Walk }) {
  const words = use_words();
  const when = use_when();
  const broken = walk.steps.find((each) => !each.held);
  const seconds = Math.max(1, Math.round(walk.steps.reduce((sum, each) => sum + each.took_ms, 0) / 1000));
  return (
    <>
      <p className="second">{walk.every_minutes === 0 ? words("walk.off") : words("walk.what", { minutes: walk.every_minutes })}</p>
      {walk.overdue && <p className="notice">{words("walk.overdue")}</p>}
      {!walk.last_at && walk.every_minutes > 0 && <p>{words("walk.none")}</p>}
      {walk.last_at && !broken && <p>{words("walk.held", { ago: when.ago(walk.last_at), seconds })}</p>}
      {walk.last_at && broken && (
        <p className="notice">
          <strong>{words("walk.broke", { ago: when.ago(walk.last_at) })}</strong> {words(`walk.broken.${broken.step}`)}
        </p>
      )}
    </>
  );
}
