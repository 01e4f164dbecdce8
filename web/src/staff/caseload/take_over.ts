import { use_tell } from "../parts/toast";
import { go, to } from "../route";
import { use_live_queue, use_take } from "../server";
import { use_words } from "../words";

export interface TakeOver {
  /** the conversation of this person, or null when none is open */
  conversation_of(who: { person: string; conversation?: string | null }): string | null;
  start(who: { person: string; conversation?: string | null; name: string }): void;
  busy: boolean;
}

/** Takes a conversation over; the first to ask has it, the second is told who. */
export function use_take_over(): TakeOver {
  const words = use_words();
  const { tell } = use_tell();
  const live = use_live_queue();
  const take = use_take();
  const conversation_of: TakeOver["conversation_of"] = (who) => {
    if (who.conversation) return who.conversation;
    const all = live.data ? [...live.data.mine, ...live.data.waiting, ...live.data.others] : [];
    return all.find((row) => row.person === who.person)?.conversation ?? null;
  };
  return {
    conversation_of,
    busy: take.isPending,
    start: (who) => {
      const conversation = conversation_of(who);
      if (!conversation) {
        tell(words("live.no_conversation", { name: who.name }));
        return;
      }
      take.mutate(conversation, {
        onSuccess: () => go(to.conversation(conversation)),
        onError: (problem) => {
          tell(problem.status === 409 ? problem.detail : problem.no_network ? words("staff.no_answer_detail") : problem.detail || words("staff.not_done"));
          if (problem.status === 409) go(to.conversation(conversation));
        },
      });
    },
  };
}
