import type { Problem } from "../../base/problem";
import { use_tell } from "../parts/toast";
import { use_words } from "../words";

/** What to do after a change: say that it was done, or why not. */
export function use_told() {
  const words = use_words();
  const { tell } = use_tell();
  return (done: string, then?: () => void) => ({
    onSuccess: () => {
      tell(done);
      then?.();
    },
    onError: (problem: Problem) => tell(problem.no_network ? words("staff.no_answer_detail") : problem.detail || words("staff.not_done")),
  });
}
