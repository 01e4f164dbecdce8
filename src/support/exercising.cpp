#include <algorithm>

#include "support/listening.h"

namespace handrail::support::exercising {
namespace {

bool has(const std::vector<std::string>& list, std::string_view item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

const Exercise* fitting(const Turn& turn)
{
    const auto& all = turn.book.exercises();
    if (all.empty())
        return nullptr;
    if (turn.heard.cue("grounding"))
        return turn.book.exercise("grounding_54321");
    if (turn.heard.cue("breathing"))
        return turn.book.exercise("paced_breathing");
    const Exercise* best = nullptr;
    int best_fit = -1;
    for (const auto& exercise : all) {
        int fit = 0;
        for (const auto& feeling : turn.heard.feelings)
            fit += has(exercise.fits, feeling) ? 3 : 0;
        for (const auto& topic : turn.heard.topics)
            fit += has(exercise.fits, topic) ? 3 : 0;
        fit += has(exercise.fits, turn.state.feeling) ? 2 : 0;
        fit += has(exercise.fits, turn.state.topic) ? 2 : 0;
        if (has(turn.state.exercises_done, exercise.id))
            fit -= 4;
        if (fit > best_fit) {
            best = &exercise;
            best_fit = fit;
        }
    }
    return best;
}

void step(Turn& turn, const Exercise& exercise, int number)
{
    turn.state.exercise = exercise.id;
    turn.state.step = number;
    Block block;
    block.kind = Block::Kind::Exercise;
    block.id = exercise.id;
    block.title = exercise.title;
    block.step = number;
    block.steps = static_cast<int>(exercise.steps.size());
    block.minutes = exercise.minutes;
    block.text = exercise.steps[static_cast<std::size_t>(number - 1)];
    const auto flat = filled(turn.say("exercise.step").front(), {{"step", std::to_string(number)},
                                                                 {"steps", std::to_string(exercise.steps.size())},
                                                                 {"text", block.text}});
    turn.wording.take(flat);
    turn.draft.block(std::move(block), flat);
    turn.move("exercise_step");
}

void end(Turn& turn)
{
    if (!has(turn.state.exercises_done, turn.state.exercise))
        turn.state.exercises_done.push_back(turn.state.exercise);
    turn.state.exercise.clear();
    turn.state.step = 0;
}

void ask(Turn& turn, std::string_view key, const std::string& pending)
{
    auto words = turn.wording.fresh(turn.say(key));
    if (words.empty())
        words = turn.wording.fresh(turn.say("ask.open"));
    if (words.empty())
        return;
    turn.draft.question(std::move(words), pending);
    turn.state.pending = pending;
}

} // namespace

bool concerned(const Turn& turn)
{
    if (turn.state.pending == "exercise_after")
        return turn.heard.short_words;
    if (turn.state.exercise.empty())
        return false;
    // A question, a wish or a longer story is not about the exercise: the person comes first.
    const bool wish = !turn.heard.intent.empty() && turn.heard.intent != "asks_exercise" && turn.heard.intent != "thanks" &&
                      turn.heard.intent != "complaint" && turn.heard.intent != "be_heard";
    if (wish)
        return false;
    return turn.heard.words.size() <= 12 || turn.heard.cue("continue") || turn.heard.cue("stop");
}

void go_on(Turn& turn)
{
    if (turn.state.pending == "exercise_after") {
        turn.state.pending.clear();
        turn.draft.text(turn.wording.fresh(turn.say("exercise.rated")));
        turn.move("exercise_rated");
        ask(turn, "ask.open", "open");
        return;
    }
    const auto* exercise = turn.book.exercise(turn.state.exercise);
    const bool offered = turn.state.step == 0;
    const bool stops = turn.heard.cue("stop") || (offered && (turn.heard.answer == Answer::No ||
                                                              turn.heard.answer == Answer::Refuses ||
                                                              turn.heard.cue("wants_talk")));
    turn.state.pending.clear();
    if (exercise == nullptr || stops) {
        const bool worse = turn.heard.words.size() > 1 && (turn.heard.answer == Answer::None) && !offered;
        turn.draft.text(turn.wording.fresh(turn.say(offered ? "say.no_step" : worse ? "exercise.worse" : "exercise.stopped")));
        turn.move("exercise_stopped");
        turn.state.exercise.clear();
        turn.state.step = 0;
        ask(turn, "exercise.ask_stopped", "open");
        return;
    }
    const auto last = static_cast<int>(exercise->steps.size());
    if (turn.state.step >= last) {
        turn.draft.text(turn.wording.fresh(turn.say("exercise.end")));
        turn.move("exercise_ended");
        end(turn);
        ask(turn, "exercise.ask_after", "exercise_after");
        return;
    }
    step(turn, *exercise, turn.state.step + 1);
    if (turn.state.step == 1) {
        turn.draft.text(turn.wording.fresh(turn.say("exercise.next_cue")));
    } else if (turn.state.step == last) {
        end(turn);
        ask(turn, "exercise.ask_after", "exercise_after");
        turn.move("exercise_ended");
    }
}

void offer(Turn& turn)
{
    const auto* exercise = fitting(turn);
    if (exercise == nullptr) {
        listening::listen(turn);
        return;
    }
    const Filling filling{{"title", exercise->title}, {"minutes", std::to_string(exercise->minutes)},
                          {"not_when", exercise->not_when}};
    turn.draft.text(turn.wording.fresh(turn.say("exercise.offer"), filling));
    turn.draft.text(turn.wording.fresh(turn.say("exercise.not_when"), filling));
    turn.move("exercise_offer");
    step(turn, *exercise, 1);
    auto cue = turn.wording.fresh(turn.say("exercise.next_cue"));
    turn.draft.text(std::move(cue));
}

} // namespace handrail::support::exercising
