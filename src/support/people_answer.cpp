#include "support/people_answer.h"

#include <algorithm>

#include "support/listening.h"
#include "support/resources.h"

namespace handrail::support::people_answer {

namespace {

/// What an AI that only sorts still answers: about itself, what it must not do, and who else helps.
constexpr std::string_view answered_by_ai[] = {
    "asks_if_human", "asks_who_is_called", "asks_privacy", "asks_resources", "asks_methods", "asks_medication",
    "asks_diagnosis", "asks_diet",         "asks_romance", "jailbreak",      "goodbye",      "thanks"};

} // namespace

void reply(Turn& turn)
{
    const auto& intent = turn.heard.intent;
    if (resources::wanted(turn) || std::ranges::find(answered_by_ai, intent) != std::end(answered_by_ai)) {
        turn.asks_nothing = true;
        return listening::reply(turn);
    }
    if (!turn.situation.waiting) {
        turn.draft.text(turn.wording.next(turn.say("say.people_answer")));
        turn.move("people_answer");
        return listening::hand_over(turn);
    }
    turn.draft.text(turn.wording.next(turn.say("say.kept_for_people")));
    turn.move("kept_for_people");
    turn.may_be_silent = true;
}

} // namespace handrail::support::people_answer
