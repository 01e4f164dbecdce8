import type { Finding } from "../nouns";
import { use_colleagues, use_judge } from "../server";
import { use_words } from "../words";
import { Button } from "./button";
import { use_tell } from "./toast";

/** Agrees or disagrees with a finding; can be changed afterwards. */
export function use_judgement() {
  const words = use_words();
  const { tell } = use_tell();
  const judge = use_judge();
  return {
    busy: judge.isPending,
    give: (finding: Pick<Finding, "id" | "judged">, judgement: "agree" | "disagree") => {
      const before = finding.judged;
      judge.mutate(
        { finding: finding.id, judgement },
        {
          onSuccess: () => tell(words(judgement === "agree" ? "judge.agreed" : "judge.disagreed"), before && before !== judgement ? () => judge.mutate({ finding: finding.id, judgement: before }) : undefined),
          onError: (problem) => tell(problem.no_network ? words("staff.no_answer_detail") : problem.detail || words("staff.not_done")),
        },
      );
    },
  };
}

/** The two answers. `keys` on the finding that the keys mean at this moment. */
export function JudgeButtons({ finding, keys }: { finding: Finding; keys?: boolean }) {
  const words = use_words();
  const judgement = use_judgement();
  const colleagues = use_colleagues();
  const by = colleagues.data?.items.find((one) => one.id === finding.judged_by)?.name ?? words("judge.judged");
  return (
    <span className="judge">
      {finding.judged && <span className="second small">{words(finding.judged === "agree" ? "judge.by_agree" : "judge.by_disagree", { name: by })}</span>}
      <Button size="s" look={finding.judged === "agree" ? "primary" : "edge"} onPress={() => judgement.give(finding, "agree")} isDisabled={judgement.busy} hint={keys ? "Y" : undefined} aria-pressed={finding.judged === "agree"}>
        {words("judge.agree")}
      </Button>
      <Button size="s" look={finding.judged === "disagree" ? "primary" : "edge"} onPress={() => judgement.give(finding, "disagree")} isDisabled={judgement.busy} hint={keys ? "X" : undefined} aria-pressed={finding.judged === "disagree"}>
        {words("judge.disagree")}
      </Button>
    </span>
  );
}
