#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/urgency.h"
#include "support/clocks.h"

namespace handrail::support {

/// What the engine remembers of one conversation. Holds a few of the person's words (country, topics) and must be sealed
/// like a message.
struct State {
    std::string language;   ///< in which it is answered
    std::string other_language; ///< in which the last message seemed to be, when that is another one
    std::string region;     ///< the country the person named; the situation's own comes first
    std::string age_band;   ///< from an age the person stated
    Instant noticed_at{};   ///< when the AI notice was last given; zero: never
    Instant last_at{};      ///< of the last reply
    int turns = 0;
    Clocks clocks;          ///< the person's, in every conversation the same

    Urgency held = Urgency::Usual; ///< the gravest of this session; falls only after a safety answer
    Category category = Category::None;
    Subject subject = Subject::None;
    bool in_contact = false;       ///< the person said that they are in touch with a line or a professional

    std::map<std::string, int> given; ///< how often each crisis text was used
    std::vector<std::string> asked;   ///< ids of direct questions, in order
    std::string pending;              ///< the question that waits for an answer; empty: none
    std::vector<std::string> once;    ///< things done once: "country", "plan", "coping", "trusted", "minor"
    std::vector<std::string> audiences;

    std::vector<std::string> said;    ///< marks of sentences already said
    std::map<std::string, int> heard; ///< marks of the person's own messages, and how often
    int questions = 0;
    int reflections = 0;
    int since_question = 0;           ///< listening replies since the last question
    int listened = 0;                 ///< listening replies
    std::string topic;
    std::string feeling;
    std::string degree;               ///< how strong, in their words: "low", "raised", "high"; empty: not said
    std::string exercise;             ///< id of the one that is running or offered
    int step = 0;                     ///< 0: offered, not begun; below: left in the middle of that step
    std::vector<std::string> exercises_done;
    Instant exercise_at{};            ///< when its first step was put
    std::string exercise_feeling;     ///< what they felt then
    std::string exercise_strength;    ///< and how strongly, as exercises name it
    std::string pseudonyms;            ///< who is who towards a language model; empty: none was asked
    std::vector<std::string> tried;   ///< kinds of exercises, and whose help, that were not enough by the person's account
    std::string way_named;            ///< whose help was named last as another way
    std::map<std::string, int> helped; ///< exercise by id: how often it was easier after it, less how often harder

    int plan_part = 0;        ///< part of the safety plan that is being written, from 1; below: left at that part
    std::string to_remember;  ///< what waits for a yes: "helps walking", "forget <id>", "forget *"

    bool did(std::string_view thing) const;
    void note(std::string_view thing);
};

/// What of a conversation belongs to the person, and so holds in the next one, on whichever channel: the clocks, an age and a
/// country that were told, and danger with all that was said and asked about it (safety.md B6, C6).
void take_over(State& fresh, const State& before);
/// After seven days without a message another session begins: what was held then was handed to people then.
/// @return what was let go, for the record; usual when nothing was
Urgency let_go_of_danger(State& state, Instant now);

/// JSON, with a version, so that a conversation of yesterday goes on after an upgrade.
std::string state_text(const State& state);
/// Empty text gives a fresh state. Invalid when it is not a state, or one of a newer version.
Result<State> state_from(std::string_view text);

} // namespace handrail::support
