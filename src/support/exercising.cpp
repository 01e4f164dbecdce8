#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "support/listening.h"
#include "support/remembering.h"

namespace handrail::support::exercising {
namespace {

/// How strong the feeling is in the person's words, as exercises name it: nobody is asked to think while in panic.
std::string_view strength(const Turn& turn)
{
    const auto& heard = turn.heard;
    if (heard.cue("grounding") || heard.cue("urge") || has(heard.topics, "panic") || has(heard.feelings, "overwhelmed"))
        return "high";
    return heard.feelings.empty() && turn.state.feeling.empty() ? "calm" : "raised";
}

/// Whether something that is known of the person speaks against it.
bool to_be_avoided(const Turn& turn, const Exercise& exercise)
{
    const auto avoids = [&](std::string_view what) { return has(exercise.avoid, what); };
    const auto is = [&](Category category) { return turn.state.category == category || turn.finding.category == category; };
    return (avoids("mania") && is(Category::Mania)) || (avoids("psychosis") && is(Category::Psychosis)) ||
           (avoids("eating_disorder") && is(Category::EatingDisorder)) || (avoids("substance") && is(Category::Substance)) ||
           (avoids("trauma") && (has(turn.heard.topics, "trauma") || turn.state.topic == "trauma")) ||
           (avoids("breath") && turn.heard.cue("breath_frightens")) || (avoids("minor") && turn.minor);
}

enum class Why { Asked, Before, Feeling };

struct Fitting {
    const Exercise* exercise = nullptr;
    Why why = Why::Asked;
};

/// The one the message names by its title: "Start the exercise: Five senses". None where something speaks against it.
const Exercise* named(const Turn& turn)
{
    for (const auto& exercise : turn.book.exercises())
        if (turn.words.ends_with(": " + exercise.title) && !to_be_avoided(turn, exercise))
            return &exercise;
    return nullptr;
}

/// The one that fits what the person speaks of and how strongly; what helped them before comes first, what did not last.
Fitting fitting(const Turn& turn)
{
    if (turn.heard.cue("grounding"))
        return {turn.book.exercise("grounding_54321"), Why::Asked};
    if (turn.heard.cue("breathing"))
        return {turn.book.exercise("paced_breathing"), Why::Asked};
    const auto strong = strength(turn);
    Fitting best;
    int best_fit = -1;
    for (const auto& exercise : turn.book.exercises()) {
        if (to_be_avoided(turn, exercise) || (!exercise.at.empty() && !has(exercise.at, strong)))
            continue;
        int fits = 0;
        for (const auto& feeling : turn.heard.feelings)
            fits += has(exercise.fits, feeling) ? 3 : 0;
        for (const auto& topic : turn.heard.topics)
            fits += has(exercise.fits, topic) ? 3 : 0;
        fits += has(exercise.fits, turn.state.feeling) ? 2 : 0;
        fits += has(exercise.fits, turn.state.topic) ? 2 : 0;
        const auto count = [&](const std::map<std::string, int>& helped) {
            const auto found = helped.find(exercise.id);
            return found == helped.end() ? 0 : found->second;
        };
        const int before = std::clamp(count(turn.state.helped) + count(turn.situation.own.helped), -2, 2);
        int fit = fits + 4 * before;
        if (has(turn.state.exercises_done, exercise.id) && before <= 0)
            fit -= 4;
        if (fit > best_fit) {
            best = {&exercise, before > 0 ? Why::Before : fits > 0 ? Why::Feeling : Why::Asked};
            best_fit = fit;
        }
    }
    return best;
}

/// Whether the step that was put last asks the person to write something.
bool writes_at(const Exercise& exercise, int step)
{
    return step > 0 && step <= static_cast<int>(exercise.steps.size()) && exercise.steps[static_cast<std::size_t>(step) - 1].write;
}

void step(Turn& turn, const Exercise& exercise, int number)
{
    if (number == 1)
        turn.state.exercise_at = turn.situation.now;
    turn.state.exercise = exercise.id;
    turn.state.step = number;
    Block block;
    block.kind = Block::Kind::Exercise;
    block.id = exercise.id;
    block.title = exercise.title;
    block.step = number;
    block.steps = static_cast<int>(exercise.steps.size());
    block.minutes = exercise.minutes;
    block.text = exercise.steps[static_cast<std::size_t>(number - 1)].text;
    // What the cue says can be written, under a finger: after the last step there is nothing more to choose.
    if (writes_at(exercise, number))
        block.choices = {{"exercise_stop", turn.say("exercise.stop").front()}};
    else if (number < block.steps)
        block.choices = {{"exercise_next", turn.say("exercise.next").front()},
                         {"exercise_stop", turn.say("exercise.stop").front()}};
    const auto flat = filled(turn.say("exercise.step").front(), {{"step", std::to_string(number)},
                                                                 {"steps", std::to_string(exercise.steps.size())},
                                                                 {"text", block.text}});
    turn.wording.take(flat);
    turn.draft.block(std::move(block), flat);
    turn.move("exercise_step");
}

/// What belongs to the run that is under way.
care::ExerciseRun this_run(const Turn& turn, const Exercise& exercise)
{
    const auto began = turn.state.exercise_at;
    return {care::run_id(exercise.id, began), exercise.id, exercise.title, began, {}, {}};
}

/// Keeps what the step asked for in the person's plan, unless they only asked for the next one.
void keep_words(Turn& turn, const Exercise& exercise)
{
    constexpr std::size_t longest = 4000;
    const auto& heard = turn.heard;
    const bool only_next = heard.words.size() <= 2 && heard.cue("continue") && heard.answer == Answer::None;
    if (!exercise.keeps || !turn.situation.own.may_keep || heard.words.empty() || only_next || code_points(turn.words) > longest)
        return;
    auto run = this_run(turn, exercise);
    run.lines.push_back({exercise.steps[static_cast<std::size_t>(turn.state.step) - 1].asks, std::string(turn.words)});
    turn.reply.keeps.emplace_back(std::move(run));
    turn.state.note("words_kept");
    turn.move("keeps_words");
}

/// Where the words of it are, once in a conversation.
void say_where(Turn& turn)
{
    if (turn.state.did("words_kept") && !turn.state.did("words_kept_said")) {
        turn.state.note("words_kept_said");
        turn.draft.text(turn.wording.fresh(turn.say("exercise.kept")));
    }
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

void ask_how_it_is(Turn& turn)
{
    auto words = turn.wording.fresh(turn.say("exercise.ask_after"));
    if (words.empty())
        return;
    std::vector<ReplyChoice> choices;
    for (const std::string_view id : {"easier", "same", "harder"})
        if (const auto& text = turn.say("offer." + std::string(id)); !text.empty())
            choices.push_back({std::string(id), text.front()});
    turn.draft.question(std::move(words), "exercise_after", std::move(choices));
    turn.state.pending = "exercise_after";
}

/// How it was, compared with before: remembered, so that the next choice is this person's own.
void rated(Turn& turn)
{
    turn.state.pending.clear();
    const auto id = turn.state.exercises_done.empty() ? std::string() : turn.state.exercises_done.back();
    const auto& heard = turn.heard;
    // "Not easier" holds easier too.
    const std::string_view how = heard.cue("feels_harder") ? "not_better"
                                 : heard.cue("feels_same") ? "same"
                                 : heard.cue("feels_easier") || has(heard.feelings, "hopeful") ? "better"
                                                                                               : "";
    if (!id.empty() && how == "better")
        ++turn.state.helped[id];
    if (!id.empty() && how == "not_better")
        --turn.state.helped[id];
    if (const auto* exercise = turn.book.exercise(id); exercise != nullptr && !how.empty() && turn.situation.own.may_keep) {
        auto run = this_run(turn, *exercise);
        run.rating = how;
        turn.reply.keeps.emplace_back(std::move(run));
    }
    auto words = how.empty() ? std::string() : turn.wording.fresh(turn.say("exercise." + std::string(how)));
    turn.draft.text(words.empty() ? turn.wording.fresh(turn.say("exercise.rated")) : words);
    turn.move("exercise_rated");
    ask(turn, "ask.open", "open");
}

} // namespace

bool concerned(Turn& turn)
{
    const auto* running = turn.book.exercise(turn.state.exercise);
    if (turn.state.pending == "exercise_after")
        return turn.heard.words.size() <= 12;
    if (turn.state.pending == "exercise_resume")
        return turn.heard.short_words;
    if (turn.state.exercise.empty())
        return false;
    if (turn.state.step < 0) // left in the middle: "next" alone goes on
        return turn.heard.short_words && turn.heard.intent.empty() && turn.heard.cue("continue");
    // A question, a wish or a longer story is not about the exercise: the person comes first. In the middle of one "just
    // listen" leaves it, and so does asking for an exercise, but for "the next step".
    const auto& intent = turn.heard.intent;
    const bool begun = turn.state.step > 0;
    const bool of_the_exercise = intent.empty() || intent == "thanks" || intent == "complaint" ||
                                 (intent == "asks_exercise" && (!begun || turn.heard.cue("continue"))) ||
                                 (intent == "be_heard" && !begun);
    if (!of_the_exercise) {
        turn.state.step = -turn.state.step;
        return false;
    }
    // Where a step asks for the person's own words, they may be many.
    if (running != nullptr && writes_at(*running, turn.state.step))
        return true;
    return turn.heard.words.size() <= 12 || turn.heard.cue("continue") || turn.heard.cue("stop");
}

void go_on(Turn& turn)
{
    if (turn.state.pending == "exercise_after") {
        rated(turn);
        return;
    }
    if (turn.state.pending == "exercise_resume") {
        turn.state.pending.clear();
        const auto* left = turn.book.exercise(turn.state.exercise);
        const bool other = turn.heard.answer == Answer::No || turn.heard.answer == Answer::Refuses;
        if (left != nullptr && !other) {
            step(turn, *left, std::abs(turn.state.step));
            turn.move("exercise_again");
            return;
        }
        turn.state.exercise.clear();
        turn.state.step = 0;
        offer(turn);
        return;
    }
    turn.state.step = std::abs(turn.state.step);
    const auto* exercise = turn.book.exercise(turn.state.exercise);
    const bool offered = turn.state.step == 0;
    const bool writes = exercise != nullptr && writes_at(*exercise, turn.state.step);
    // Words that the exercise asked for may hold "enough" or "not now": only a short message stops it then.
    const bool stops = (turn.heard.cue("stop") && (!writes || turn.heard.words.size() <= 5)) || (offered && (turn.heard.answer == Answer::No ||
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
    if (writes)
        keep_words(turn, *exercise);
    if (writes && turn.heard.words.size() > 2)
        turn.draft.text(turn.wording.fresh(turn.say("exercise.written")));
    if (turn.state.step >= last) {
        turn.draft.text(turn.wording.fresh(turn.say("exercise.end")));
        say_where(turn);
        turn.move("exercise_ended");
        end(turn);
        ask_how_it_is(turn);
        return;
    }
    step(turn, *exercise, turn.state.step + 1);
    if (turn.state.step == 1 && !writes_at(*exercise, 1)) {
        turn.draft.text(turn.wording.fresh(turn.say("exercise.next_cue")));
    } else if (turn.state.step == last && !writes_at(*exercise, last)) {
        say_where(turn);
        end(turn);
        ask_how_it_is(turn);
        turn.move("exercise_ended");
    }
}

void offer(Turn& turn)
{
    const auto* wanted = named(turn);
    // One that was left in the middle is not lost.
    if (const auto* left = turn.book.exercise(turn.state.exercise); left != nullptr && wanted == nullptr && std::abs(turn.state.step) > 1) {
        auto words = turn.wording.fresh(turn.say("exercise.resume"), {{"title", left->title}});
        if (!words.empty()) {
            turn.draft.question(std::move(words), "exercise_resume");
            turn.state.pending = "exercise_resume";
            turn.move("exercise_resume");
            return;
        }
    }
    if (wanted == nullptr && remembering::offer_what_helps(turn))
        return;
    const auto [exercise, why] = wanted != nullptr ? Fitting{wanted, Why::Asked} : fitting(turn);
    if (exercise == nullptr) {
        listening::listen(turn);
        return;
    }
    const Filling filling{{"title", exercise->title}, {"minutes", std::to_string(exercise->minutes)},
                          {"not_when", exercise->not_when}};
    turn.draft.text(turn.wording.fresh(turn.say("exercise.offer"), filling));
    if (why != Why::Asked)
        turn.draft.text(turn.wording.fresh(turn.say(why == Why::Before ? "exercise.why.before" : "exercise.why.feeling"), filling));
    turn.draft.text(turn.wording.fresh(turn.say("exercise.not_when"), filling));
    turn.move("exercise_offer");
    step(turn, *exercise, 1);
    if (!exercise->steps.front().write)
        turn.draft.text(turn.wording.fresh(turn.say("exercise.next_cue")));
}

} // namespace handrail::support::exercising
