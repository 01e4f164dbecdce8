#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "support/avoiding.h"
#include "support/listening.h"
#include "support/remembering.h"

namespace handrail::support::exercising {
namespace {

/// How strong the feeling is in the person's words, as exercises name it: nobody is asked to think while in panic. A word of
/// degree moves it by one step, but an urge is never taken for a small thing.
std::string_view strength(const Turn& turn)
{
    constexpr std::string_view names[] = {"calm", "raised", "high"};
    const auto& heard = turn.heard;
    const auto& degree = heard.degree.empty() && heard.feelings.empty() ? turn.state.degree : heard.degree;
    const bool feels = !heard.feelings.empty() || !turn.state.feeling.empty();
    const bool strong = heard.cue("grounding") || has(heard.topics, "panic") || has(heard.feelings, "overwhelmed");
    if (heard.cue("urge") || (feels && degree == "high"))
        return "high";
    const int base = strong ? 2 : feels ? 1 : 0;
    return names[degree == "raised" ? std::min(base, 1) : degree == "low" ? std::max(base - 1, 0) : base];
}

std::string part_of_day(const Turn& turn, Instant at)
{
    const auto day = std::chrono::duration_cast<std::chrono::minutes>((at + turn.situation.local_offset).time_since_epoch()).count();
    constexpr int minutes = 24 * 60;
    return turn.book.part_of_day(static_cast<int>((day % minutes + minutes) % minutes) / 60);
}

/// Whether it was begun, or offered, in this conversation.
bool put_already(const Turn& turn, std::string_view id)
{
    return has(turn.state.exercises_done, id) || turn.state.exercise == id || turn.state.did("put " + std::string(id));
}

bool to_be_avoided(const Turn& turn, const Exercise& exercise) { return !avoiding::reason(turn, exercise).empty(); }

enum class Why { Asked, Before, ThisTime, ThisFeeling, Feeling };

struct Fitting {
    const Exercise* exercise = nullptr;
    Why why = Why::Asked;
    const Exercise* left_out = nullptr; ///< the one they asked for, where something speaks against it
};

/// The one the message names by its title: "Start the exercise: Five senses".
const Exercise* named(const Turn& turn)
{
    for (const auto& exercise : turn.book.exercises())
        if (turn.words.ends_with(": " + exercise.title))
            return &exercise;
    return nullptr;
}

/// The one the message asks for by what it is: "grounding", "breathing"; not where it says that this did not help.
const Exercise* asked_for(const Turn& turn)
{
    if (!turn.heard.tried.empty())
        return nullptr;
    if (turn.heard.cue("grounding"))
        return turn.book.exercise("grounding_54321");
    return turn.heard.cue("breathing") ? turn.book.exercise("paced_breathing") : nullptr;
}

/// What its file names for those it is not for; none where all of it was put already, or something speaks against it.
const Exercise* instead_of(const Turn& turn, const Exercise& left_out)
{
    for (const auto& id : left_out.instead)
        if (const auto* other = turn.book.exercise(id); other != nullptr && !to_be_avoided(turn, *other) &&
                                                        !put_already(turn, id))
            return other;
    return nullptr;
}

/// Whether it is of a kind that they say was not enough.
bool tried_already(const std::vector<std::string>& tried, const Exercise& exercise)
{
    return std::any_of(exercise.kind.begin(), exercise.kind.end(), [&](const auto& kind) { return has(tried, kind); });
}

/// How an exercise went before, at this part of the day and with this feeling: how often easier, less how often harder.
struct Before {
    int this_time = 0;
    int this_feeling = 0;
};

Before before_like_now(const Turn& turn, const Exercise& exercise)
{
    const auto part = part_of_day(turn, turn.situation.now);
    const auto& feeling = turn.heard.feelings.empty() ? turn.state.feeling : turn.heard.feelings.front();
    Before out;
    for (const auto& run : turn.situation.own.runs) {
        if (run.exercise != exercise.id)
            continue;
        const int how = run.rating == "better" ? 1 : run.rating == "not_better" ? -1 : 0;
        out.this_time += !part.empty() && run.part_of_day == part ? how : 0;
        out.this_feeling += !feeling.empty() && run.feeling == feeling ? how : 0;
    }
    return out;
}

/// The one that fits what the person speaks of and how strongly; what helped them before comes first, what did not last.
Fitting fitting(const Turn& turn)
{
    const auto strong = strength(turn);
    Fitting best;
    int best_fit = -1;
    for (const auto& exercise : turn.book.exercises()) {
        if (to_be_avoided(turn, exercise) || tried_already(turn.state.tried, exercise) || (!exercise.at.empty() && !has(exercise.at, strong)))
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
        const auto alike = before_like_now(turn, exercise);
        int fit = fits + 4 * before + 2 * std::clamp(alike.this_time, -2, 2) + 2 * std::clamp(alike.this_feeling, -2, 2);
        if (put_already(turn, exercise.id) && before <= 0)
            fit -= 4;
        if (fit > best_fit) {
            const auto why = before <= 0              ? fits > 0 ? Why::Feeling : Why::Asked
                             : alike.this_time > 0    ? Why::ThisTime
                             : alike.this_feeling > 0 ? Why::ThisFeeling
                                                      : Why::Before;
            best = {&exercise, why};
            best_fit = fit;
        }
    }
    return best;
}

Fitting chosen(const Turn& turn, const Exercise* wanted)
{
    if (wanted == nullptr)
        return fitting(turn);
    if (!to_be_avoided(turn, *wanted))
        return {wanted, Why::Asked, nullptr};
    const auto* other = instead_of(turn, *wanted);
    auto out = other != nullptr ? Fitting{other, Why::Asked} : fitting(turn);
    out.left_out = wanted;
    return out;
}

/// Why they do not get what they asked for, in half a sentence.
void say_why_not(Turn& turn, const Exercise& left_out)
{
    const auto what = avoiding::reason(turn, left_out);
    const Filling filling{{"title", left_out.title}};
    auto words = turn.wording.fresh(turn.say("exercise.instead." + std::string(what)), filling);
    if (words.empty())
        words = turn.wording.fresh(turn.say("exercise.instead.other"), filling);
    turn.draft.text(std::move(words));
    turn.move("exercise_instead");
}

/// Whether the step that was put last asks the person to write something.
bool writes_at(const Exercise& exercise, int step)
{
    return step > 0 && step <= static_cast<int>(exercise.steps.size()) && exercise.steps[static_cast<std::size_t>(step) - 1].write;
}

void step(Turn& turn, const Exercise& exercise, int number)
{
    if (number == 1) {
        turn.state.note("put " + exercise.id);
        turn.state.exercise_at = turn.situation.now;
        turn.state.exercise_feeling = turn.heard.feelings.empty() ? turn.state.feeling : turn.heard.feelings.front();
        turn.state.exercise_strength = strength(turn);
    }
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
    if (writes_at(exercise, number)) {
        const auto& words = exercise.steps[static_cast<std::size_t>(number - 1)].choices;
        for (std::size_t i = 0; i < words.size(); ++i)
            block.choices.push_back({"exercise_words_" + std::to_string(i + 1), words[i]});
        block.choices.push_back({"exercise_stop", turn.say("exercise.stop").front()});
    } else if (number < block.steps)
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
    return {care::run_id(exercise.id, began), exercise.id, exercise.title, began, {}, {},
            turn.state.exercise_feeling, turn.state.exercise_strength, part_of_day(turn, began)};
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

std::string why_key(const Turn& turn, Why why)
{
    switch (why) {
    case Why::ThisTime: return "exercise.why." + part_of_day(turn, turn.situation.now);
    case Why::ThisFeeling: return "exercise.why.same_feeling";
    case Why::Before: return "exercise.why.before";
    default: return "exercise.why.feeling";
    }
}

/// Puts the first step of one, and why it is this one. Without any that fits, it goes on listening.
void put(Turn& turn, const Fitting& choice)
{
    const auto* exercise = choice.exercise;
    if (exercise == nullptr) {
        listening::listen(turn);
        return;
    }
    const Filling filling{{"title", exercise->title}, {"minutes", std::to_string(exercise->minutes)},
                          {"not_when", exercise->not_when}};
    if (choice.left_out != nullptr)
        say_why_not(turn, *choice.left_out);
    turn.draft.text(turn.wording.fresh(turn.say("exercise.offer"), filling));
    if (!turn.heard.tried.empty() || turn.heard.tried_that)
        turn.draft.text(turn.wording.fresh(turn.say("exercise.why.other_kind"), filling));
    if (choice.why != Why::Asked)
        turn.draft.text(turn.wording.fresh(turn.say(why_key(turn, choice.why)), filling));
    turn.draft.text(turn.wording.fresh(turn.say("exercise.not_when"), filling));
    turn.move("exercise_offer");
    step(turn, *exercise, 1);
    if (!exercise->steps.front().write)
        turn.draft.text(turn.wording.fresh(turn.say("exercise.next_cue")));
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
    const bool of_the_exercise = intent.empty() || intent == "thanks" || intent == "complaint" || intent == "plans" ||
                                 intent == "weighs" || intent == "asks_verdict" || intent == "helps_some" ||
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

bool asks_for_words(const Turn& turn)
{
    const auto* exercise = turn.book.exercise(turn.state.exercise);
    return exercise != nullptr && writes_at(*exercise, turn.state.step);
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
        if (left != nullptr && !other && !to_be_avoided(turn, *left)) {
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
    // What they say in the middle of one may speak against it: "this makes me dizzy".
    if (exercise != nullptr && to_be_avoided(turn, *exercise)) {
        turn.state.pending.clear();
        turn.state.exercise.clear();
        turn.state.step = 0;
        turn.draft.text(turn.wording.fresh(turn.say("exercise.worse")));
        turn.move("exercise_stopped");
        put(turn, chosen(turn, exercise));
        return;
    }
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
    if (const auto* left = turn.book.exercise(turn.state.exercise); left != nullptr && wanted == nullptr && std::abs(turn.state.step) > 1 && !to_be_avoided(turn, *left)) {
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
    put(turn, chosen(turn, wanted != nullptr ? wanted : asked_for(turn)));
}

} // namespace handrail::support::exercising
