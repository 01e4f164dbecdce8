import { use_watched_keeping } from "../../base/keeping";
import { Text, use_when } from "../../base/text";

/** A bar under the head of every page while the record cannot be written: nobody here sees what is written now. */
export function Not_kept() {
  const since = use_watched_keeping();
  const when = use_when();
  if (!since) return null;
  return (
    <p className="not-kept" role="alert"><Text id="keeping.not" values={{ time: when.time(since) }} /></p>
  );
}
