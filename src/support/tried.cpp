#include "support/tried.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "support/listening.h"

namespace handrail::support::tried {
namespace {

/// In the order in which another way is named.
constexpr std::array<std::string_view, 5> ways{"friends", "helpline", "doctor", "therapy", "group"};

/// The exercise that was only put before them: "I've tried that" is about it. Further in, these words are about a step.
const Exercise* just_put(const Turn& turn)
{
    const auto& state = turn.state;
    return state.step >= -1 && state.step <= 1 ? turn.book.exercise(state.exercise) : nullptr;
}

void add(State& state, std::string_view what)
{
    if (!has(state.tried, what))
        state.tried.emplace_back(what);
}

/// What was not taken up before, told apart: steps, or help from people.
std::vector<Tried> fresh(const Turn& turn, bool people)
{
    std::vector<Tried> out;
    for (const auto& each : turn.heard.tried)
        if (each.people == people && !each.words.empty() && !turn.state.did("tried_said " + each.what))
            out.push_back(each);
    return out;
}

void take_up(Turn& turn, std::string_view key, const std::string& words)
{
    listening::reflected(turn, turn.wording.fresh(turn.say(key), {{"tried", words}}), "tried_taken_up");
}

/// @param words empty: they speak of the way that was named before
void after_people(Turn& turn, const std::string& words)
{
    take_up(turn, words.empty() ? "tried.which" : "tried.people", words);
    turn.state.way_named.clear();
    for (const auto way : ways) {
        if (has(turn.state.tried, way))
            continue;
        turn.draft.text(turn.wording.fresh(turn.say("tried.way." + std::string(way))));
        turn.state.way_named = way;
        turn.move("another_way");
        break;
    }
    listening::ask(turn, {"ask.missing", "ask.open"}, true);
}

/// Whether a step is wanted now: one was asked for, or put before them, or offered.
bool wants_step(const Turn& turn, const std::string& pending)
{
    const auto& intent = turn.heard.intent;
    return intent == "asks_exercise" || intent == "asks_advice" || pending == "choice" || !turn.state.exercise.empty();
}

void after_steps(Turn& turn, const std::string& words)
{
    const bool wanted = wants_step(turn, turn.state.pending);
    take_up(turn, "tried.steps", words);
    turn.state.pending.clear();
    if (const auto* put = turn.book.exercise(turn.state.exercise);
        put != nullptr && std::any_of(put->kind.begin(), put->kind.end(), [&](const auto& kind) { return has(turn.state.tried, kind); })) {
        turn.state.exercise.clear();
        turn.state.step = 0;
    }
    if (wanted)
        exercising::offer(turn);
    else if (turn.state.did("no_advice"))
        listening::ask(turn, {"ask.open"}, true);
    else
        listening::offer_choice(turn);
}

} // namespace

void learn(Turn& turn)
{
    for (const auto& each : turn.heard.tried)
        add(turn.state, each.what);
    if (!turn.heard.tried_that)
        return;
    if (const auto* put = just_put(turn))
        for (const auto& kind : put->kind)
            add(turn.state, kind);
    else if (!turn.state.way_named.empty())
        add(turn.state, turn.state.way_named);
}

bool reply(Turn& turn)
{
    const auto& heard = turn.heard;
    auto& state = turn.state;
    if (heard.tried.empty() && !heard.tried_that)
        return false;
    const auto& intent = heard.intent;
    // "I tried that helpline" is no wish for one.
    const bool about_it = intent.empty() || intent == "complaint" || intent == "asks_exercise" || intent == "asks_advice" ||
                          (intent == "asks_resources" && !heard.asks);
    // Another obstacle than a bad experience wants its own answer; words that a step asked for are the step's.
    const bool obstacle = std::any_of(heard.obstacles.begin(), heard.obstacles.end(),
                                      [](const auto& each) { return each != "bad_experience" && each != "nobody_there"; });
    if (!about_it || obstacle || state.pending == "exercise_after" ||
        (exercising::asks_for_words(turn) && !(heard.tried_that && heard.short_words)))
        return false;
    if (const auto people = fresh(turn, true); !people.empty()) {
        for (const auto& each : people)
            state.note("tried_said " + each.what);
        state.pending.clear();
        after_people(turn, people.front().words);
        return true;
    }
    if (const auto steps = fresh(turn, false); !steps.empty()) {
        for (const auto& each : steps)
            state.note("tried_said " + each.what);
        after_steps(turn, steps.front().words);
        return true;
    }
    if (!heard.tried_that)
        return false;
    if (const auto* put = just_put(turn)) {
        after_steps(turn, put->title);
        return true;
    }
    if (!state.way_named.empty()) {
        state.pending.clear();
        after_people(turn, {});
        return true;
    }
    if (state.did("tried_asked") || std::abs(state.step) > 1)
        return false;
    state.note("tried_asked");
    state.pending.clear();
    listening::reflected(turn, turn.wording.fresh(turn.say("tried.which")), "tried_taken_up");
    listening::ask(turn, {"ask.tried", "ask.open"}, true);
    return true;
}

} // namespace handrail::support::tried
