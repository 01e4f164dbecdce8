#include "support/listening.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "support/remembering.h"
#include "support/resources.h"
#include "support/standing_words.h"
#include "support/readable.h"
#include "support/tried.h"

namespace handrail::support::listening {
namespace {

std::string capital(std::string text)
{
    if (!text.empty())
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

/// Questions that any words answer; after "own_idea" a way forward in them is a step of one's own.
bool open_question(std::string_view pending) { return pending == "open" || pending == "own_idea"; }

bool only_good(const Heard& heard) { return heard.feelings.size() == 1 && heard.feelings.front() == "hopeful"; }

/// How often something was said, in words where the language has them written: {count} "three", {ordinal} "third".
Filling times_told(const Turn& turn, int count)
{
    const auto in = [&](std::string_view key) {
        const auto& words = turn.say(key);
        return count > 0 && count <= static_cast<int>(words.size()) ? words[static_cast<std::size_t>(count) - 1]
                                                                    : std::string();
    };
    const auto ordinal = in("number.ordinals");
    const auto word = in("number.words");
    const auto digits = std::to_string(count);
    return {{"count", word.empty() ? digits : word}, {"ordinal", ordinal.empty() ? digits + "th" : ordinal}};
}

/// One or two reflections: the person's own words where that is safe, then the feeling or the topic.
/// @param only_heard nothing is said where nothing was heard: a question gets its answer alone
void reflect(Turn& turn, bool only_heard = false)
{
    const auto& heard = turn.heard;
    const bool good = only_good(heard);
    int made = 0;
    const auto add = [&](std::string words, const char* how) {
        if (!words.empty() && made < 2) {
            reflected(turn, std::move(words), how);
            ++made;
        }
    };
    std::string mark;
    for (const auto& word : heard.words)
        mark += word.folded + " ";
    const auto times = turn.state.heard[sentence_mark(mark)];
    if (times > 1)
        add(turn.wording.fresh(turn.say("reflect.repeat"), times_told(turn, times)),
            "reflect");
    else if (!heard.hard_word.empty())
        add(turn.wording.fresh(turn.say(heard.hard_word_said && !turn.say("reflect.word_said").empty() ? "reflect.word_said" : "reflect.word")),
            "reflect"); // the word itself is never said back
    if (made == 0) {
        const auto clause = turn.understanding.given_back(heard);
        if (!clause.empty())
            add(turn.wording.fresh(turn.say(good ? "reflect.good" : "reflect.clause"),
                                   {{"clause", clause}, {"Clause", capital(clause)}}),
                "reflect");
        else if (const auto quote = turn.understanding.turns_words() ? std::string() : turn.understanding.quotable(heard);
                 !quote.empty())
            add(turn.wording.fresh(turn.say("reflect.quote"), {{"quote", quote}}), "reflect");
    }
    for (const auto& feeling : heard.feelings)
        if (made < 2 && (feeling != "hopeful" || good))
            if (auto words = turn.wording.fresh(turn.say("feeling." + feeling)); !words.empty()) {
                add(std::move(words), "reflect_feeling");
                break;
            }
    // What went well is not made a burden by its subject.
    for (const auto& topic : heard.topics)
        if (made < 2 && !good)
            if (auto words = turn.wording.fresh(turn.say("topic." + topic + ".reflect")); !words.empty()) {
                add(std::move(words), "reflect_topic");
                break;
            }
    // "She was 86" goes on with the subject of before; "the tomatoes are fine this year" does not.
    if (made == 0 && heard.cue("points_back") && !turn.state.topic.empty() && heard.words.size() > 3)
        add(turn.wording.fresh(turn.say("topic." + turn.state.topic + ".reflect")), "reflect_topic");
    if (made == 0 && only_heard)
        return;
    // "Ok" and "not really" say nothing that could be called a lot.
    if (made == 0 && heard.words.size() <= 2)
        add(turn.wording.fresh(turn.say("say.short")), "reflect");
    if (made == 0)
        add(turn.wording.fresh(turn.say("reflect.plain")), "reflect");
    if (made == 0)
        add(turn.wording.fresh(turn.say("say.short")), "reflect");
    if (made == 0)
        add(turn.wording.fresh(turn.say("reflect.repeat"), times_told(turn, turn.state.turns)),
            "reflect");
}

void with_contacts(Turn& turn, bool with_emergency)
{
    const auto contacts = turn.contacts(Category::None);
    contacts.put(turn.draft, turn.wording, true, turn.cannot_speak(), false);
    if (with_emergency) {
        auto words = turn.wording.next(turn.say("crisis.contact.danger"), contacts.filling());
        turn.draft.text(std::move(words), 2);
    }
    if (!contacts.country_known() && !turn.state.did("country")) {
        turn.state.note("country");
        turn.draft.text(turn.wording.next(turn.say("crisis.contact.ask_country")));
        turn.move("ask_country");
    }
    turn.move("contacts");
}

/// Intents that need no more than say.<key>, and perhaps a question.
struct PlainAnswer {
    std::string_view intent, key, move;
    bool always; ///< the question is asked even if one was asked just before
};
constexpr PlainAnswer plain_answers[] = {
    {"asks_medication", "medication", "declines_medication", false},
    {"asks_diagnosis", "diagnosis", "declines_diagnosis", true},
    {"asks_diet", "diet", "declines_diet", true},
    {"asks_romance", "romance", "declines_romance", true},
    {"jailbreak", "jailbreak", "keeps_to_its_rules", true},
    {"asks_who_is_called", "who_is_called", "calls_nobody", true},
    {"asks_privacy", "privacy", "privacy", true},
    {"asks_appointment", "appointment", "appointment", true},
    {"complaint", "complaint", "takes_complaint", true},
    {"out_of_scope", "out_of_scope", "out_of_scope", true},
    {"asks_meaning", "meaning", "explains_itself", true},
    {"apologises", "no_need", "no_need_to_be_sorry", false},
    {"asks_practical", "practical", "leaves_rules_to_others", true},
    {"asks_outlook", "outlook", "promises_nothing", true},
    {"asks_verdict", "verdict", "judges_nobody", true},
    {"weighs", "weighs", "takes_up_both_sides", true},
};

/// say.<key> in words not used yet, then perhaps a question; the intents that need no more than that.
void say_and_ask(Turn& turn, std::string_view key, std::string_view move, bool always)
{
    const auto contacts = turn.contacts(Category::None);
    auto words = turn.wording.next(turn.say("say." + std::string(key)), contacts.filling());
    if (words.empty()) {
        // Every way of saying it was used: go on listening instead of saying it again.
        turn.move(std::string(move));
        listen(turn);
        return;
    }
    turn.draft.text(std::move(words));
    turn.move(std::string(move));
    const auto own = "ask." + std::string(key);
    ask(turn, {own, "ask.open"}, always);
}

/// A whole sentence of which nothing was heard: no feeling, no subject, now or before, and no words that can be given back.
/// Then it says so and asks, and takes up nothing as if it had been understood. A question wants its answer: the subject of
/// before is none.
bool past_understanding(const Turn& turn)
{
    const auto& heard = turn.heard;
    // Numbers are never given back, but "I have been here for 8 months" was understood.
    const bool counts = !heard.asks && std::any_of(heard.words.begin(), heard.words.end(), [](const auto& word) {
        return !word.folded.empty() && std::isdigit(static_cast<unsigned char>(word.folded[0])) != 0;
    });
    const bool goes_on = !heard.asks && (!turn.state.topic.empty() || !turn.state.feeling.empty());
    return heard.words.size() >= 5 && heard.intent.empty() && heard.topics.empty() && heard.feelings.empty() &&
           heard.obstacles.empty() && heard.hard_word.empty() && !goes_on && !counts &&
           turn.understanding.given_back(heard).empty() &&
           (turn.understanding.turns_words() || turn.understanding.quotable(heard).empty());
}

} // namespace

void reflected(Turn& turn, std::string words, const char* how)
{
    if (words.empty())
        return;
    turn.draft.text(std::move(words));
    ++turn.state.reflections;
    turn.move(how);
}

void ask(Turn& turn, std::initializer_list<std::string_view> keys, bool always, const std::string& pending)
{
    if (turn.draft.asks() || turn.asks_nothing)
        return;
    if (open_question(pending) && remembering::offer(turn))
        return; // a thing worth remembering comes before the next open question
    if (!always && turn.state.since_question < 1 && turn.state.questions > 0)
        return;
    if (!always && turn.state.questions + 1 > turn.state.reflections)
        return;
    for (const auto key : keys) {
        auto words = turn.wording.fresh(turn.say(key));
        if (words.empty())
            continue;
        turn.draft.question(std::move(words), pending);
        turn.state.pending = pending;
        turn.move("open_question");
        return;
    }
}

void offer_choice(Turn& turn)
{
    auto words = turn.wording.fresh(turn.say("ask.offer"));
    if (words.empty())
        return;
    turn.draft.question(std::move(words), "choice",
                        {{"talk", turn.say("offer.talk").front()}, {"step", turn.say("offer.step").front()}});
    turn.state.pending = "choice";
    turn.move("offer_choice");
}

void hand_over(Turn& turn)
{
    turn.reply.wants_person = true;
    turn.move("hand_over");
    turn.state.pending.clear();
    const auto& here = turn.situation;
    if (here.staffed) {
        turn.draft.text(turn.wording.next(turn.say("say.human.asked")));
        if (here.person_minutes > 0)
            turn.draft.text(turn.wording.next(turn.say("say.human.asked_when"),
                                              {{"at", here.told.at}, {"minutes", std::to_string(here.person_minutes)}}));
        ask(turn, {"ask.human"}, true);
        return;
    }
    turn.draft.text(turn.wording.next(turn.say("say.human.nobody")));
    if (here.nobody_until)
        turn.draft.text(turn.wording.next(turn.say("say.human.kept"), {{"until", staffed_words(turn.book, *here.nobody_until)}}));
    turn.draft.text(turn.wording.next(turn.say("say.human.nobody_more")), 3);
    with_contacts(turn, true);
    ask(turn, {"ask.human"}, true);
}

void nobody_came(Turn& turn)
{
    turn.move("nobody_came");
    turn.draft.text(turn.wording.next(turn.say("say.human.late"), {{"at", turn.situation.told.at}}));
    with_contacts(turn, true);
}

void listen(Turn& turn)
{
    ++turn.state.listened;
    // What stands in the way of help is answered, also when nobody is in danger (C5).
    for (const auto& obstacle : turn.heard.obstacles) {
        if (obstacle == "immigration" || obstacle == "phone_watched" || obstacle == "nobody_there" || obstacle == "not_a_burden")
            continue;
        // Too little money for a present stands in no way of help.
        if (obstacle == "cost" && !turn.heard.cue("names_help") && !turn.heard.asks && has(turn.heard.topics, "money"))
            continue;
        auto words = turn.wording.next(turn.say("obstacle." + obstacle));
        if (words.empty())
            continue;
        turn.draft.text(std::move(words));
        turn.move("obstacle_" + obstacle);
        ++turn.state.reflections;
        ask(turn, {"ask.who_is_called", "ask.open"}, false);
        return;
    }
    reflect(turn);
    if (remembering::offer(turn))
        return;
    const bool heavy = !turn.heard.feelings.empty() && !has(turn.heard.feelings, "hopeful");
    // Two reflections in, a choice of how to go on; not again and again.
    const bool time_to_offer = turn.state.listened == 3 || turn.state.listened == 9;
    if (time_to_offer && (heavy || !turn.state.feeling.empty()) && turn.heard.intent != "be_heard" &&
        turn.state.exercise.empty() && !turn.state.did("no_advice")) {
        offer_choice(turn);
        if (turn.draft.asks())
            return;
    }
    std::string topic_key = turn.state.topic.empty() ? std::string("ask.open") : "topic." + turn.state.topic + ".ask";
    if (!turn.heard.topics.empty())
        topic_key = "topic." + turn.heard.topics.front() + ".ask";
    if (only_good(turn.heard))
        topic_key = "ask.good";
    // As long as nothing is on the table, "when did it begin?" asks about nothing.
    else if (turn.heard.words.size() <= 3 && turn.state.topic.empty() && turn.state.feeling.empty() &&
             turn.heard.feelings.empty())
        topic_key = "ask.small_talk";
    ask(turn, {topic_key, "ask.open"}, turn.state.questions == 0);
}

void reply(Turn& turn)
{
    const auto& heard = turn.heard;
    auto& state = turn.state;
    const auto& intent = heard.intent;
    const auto pending = state.pending;

    if (remembering::reply(turn))
        return;
    if (tried::reply(turn))
        return;
    if (resources::wanted(turn)) {
        resources::reply(turn);
        ask(turn, {"ask.resources", "ask.open"}, false);
        return;
    }
    // Asking for a person is heard at every point: "can I talk to a human?" is no answer to "talk, or one step?" (G1).
    // Neither are thanks, a goodbye and a question: "cool, thanks", "any tips for talking to her?", "is it true that …?".
    const bool chooses = intent != "asks_human" && intent != "thanks" && intent != "goodbye" &&
                         ((intent != "asks_advice" && !heard.asks) || heard.cue("wants_step"));
    if (pending == "choice" && chooses && heard.words.size() <= 8) {
        state.pending.clear();
        // "Yeah well, it's been a long day" chooses nothing, and neither does "no, my brother doesn't help at all".
        const bool plain = heard.words.size() <= 4;
        const bool no = heard.answer == Answer::No || heard.answer == Answer::Refuses;
        const bool refuses = no && (plain || heard.cue("wants_talk"));
        const bool agrees = plain && (heard.answer == Answer::Yes || heard.cue("agrees")) && !heard.cue("wants_talk");
        if (!no && (heard.cue("wants_step") || agrees)) {
            exercising::offer(turn);
            return;
        }
        if (heard.cue("wants_talk") || refuses) {
            turn.draft.text(turn.wording.fresh(turn.say("say.continue")));
            turn.move("go_on");
            ask(turn, {"ask.open"}, true);
            return;
        }
    }
    if (pending == "wants_human" && heard.short_words) {
        state.pending.clear();
        if (heard.says_yes()) {
            hand_over(turn);
            return;
        }
        if (heard.answer == Answer::No) {
            turn.draft.text(turn.wording.fresh(turn.say("say.continue")));
            turn.move("go_on");
            ask(turn, {"ask.open"}, true);
            return;
        }
    }
    if (open_question(pending) || pending == "choice" || pending == "wants_human")
        state.pending.clear();

    if (exercising::concerned(turn)) {
        exercising::go_on(turn);
        return;
    }
    if (intent == "asks_if_human") {
        // The notice that was due already says it in the first sentence.
        auto words = turn.draft.empty() ? turn.wording.next(turn.say("say.ai")) : std::string();
        if (words.empty() && turn.draft.empty())
            words = turn.wording.fresh(turn.say("notice.again"));
        if (words.empty() && turn.draft.empty())
            words = turn.say("say.ai").front(); // said again rather than not said (A4)
        turn.draft.text(std::move(words));
        turn.draft.text(turn.wording.next(turn.say("say.ai_more")), 2);
        turn.move("ai_notice");
        ask(turn, {"ask.ai", "ask.open"}, true, "wants_human");
        return;
    }
    if (intent == "asks_methods") {
        turn.draft.text(turn.wording.next(turn.say("say.methods")));
        turn.move("declines_methods");
        with_contacts(turn, true);
        if (const auto* question = turn.book.question("killing_yourself"); question != nullptr && !turn.draft.asks()) {
            auto words = has(state.asked, "killing_yourself") ? std::string() : turn.wording.next(question->wordings);
            if (!words.empty()) {
                std::vector<ReplyChoice> choices;
                choices.reserve(question->options.size());
                for (const auto& option : question->options)
                    choices.push_back(option.choice);
                turn.draft.question(std::move(words), question->id, std::move(choices));
                state.asked.push_back(question->id);
                state.pending = question->id;
                turn.move("direct_question");
            }
        }
        return;
    }
    for (const auto& answer : plain_answers)
        if (intent == answer.intent)
            return say_and_ask(turn, answer.key, answer.move, answer.always);
    if (intent == "asks_human")
        return hand_over(turn);
    if (intent == "reliance") {
        remembering::name_someone(turn);
        return say_and_ask(turn, "reliance", "points_to_people", true);
    }
    if (intent == "asks_exercise") {
        if (!heard.feelings.empty())
            reflected(turn, turn.wording.fresh(turn.say("feeling." + heard.feelings.front())), "reflect_feeling");
        exercising::offer(turn);
        return;
    }
    if (intent == "asks_info") {
        auto words = turn.wording.next(turn.say("info." + (heard.information.empty() ? std::string("other") : heard.information)));
        if (!words.empty()) {
            turn.draft.text(std::move(words));
            turn.move("information");
            ask(turn, {"ask.info", "ask.open"}, true);
            return;
        }
    }
    if (intent == "asks_resources") {
        resources::reply(turn);
        ask(turn, {"ask.resources", "ask.open"}, false);
        return;
    }
    // "Boa noite" is good evening at the beginning and good night later.
    const bool good_night = intent == "greeting" && state.turns > 2 && heard.cue("good_night");
    if (intent == "goodbye" || good_night) {
        auto words = remembering::by_name(turn, "say.goodbye_name");
        if (words.empty())
            words = turn.wording.next(turn.say("say.goodbye"));
        turn.draft.text(words.empty() ? turn.wording.fresh(turn.say("say.short")) : words);
        turn.move("goodbye");
        return;
    }
    if (intent == "thanks" && heard.words.size() <= 12) {
        turn.draft.text(turn.wording.fresh(turn.say("say.thanks")));
        turn.move("receives_thanks");
        ask(turn, {"ask.thanks"}, false);
        if (!turn.draft.empty())
            return;
    }
    // "Can you help me?" as the first words is a hello.
    const bool asks_in = intent == "asks_advice" && state.turns <= 2 && state.topic.empty() && state.feeling.empty() &&
                         heard.topics.empty() && heard.feelings.empty();
    if ((intent == "greeting" || asks_in) && heard.words.size() <= 5) {
        auto words = remembering::by_name(turn, "say.greeting_name");
        turn.draft.text(words.empty() ? turn.wording.next(turn.say("say.greeting")) : words);
        turn.move("greeting");
        ask(turn, {"ask.greeting", "ask.open"}, true);
        return;
    }
    if (intent == "small_talk") {
        return say_and_ask(turn, heard.begins ? "start" : "small_talk", "small_talk", true);
    }
    if (intent == "needs_help") {
        turn.draft.text(turn.wording.fresh(turn.say("say.start")));
        turn.move("begins");
        if (state.turns > 3)
            resources::reply(turn);
        ask(turn, {"ask.greeting", "ask.open"}, true);
        return;
    }
    if (intent == "be_heard") {
        state.note("no_advice");
        auto words = turn.wording.next(turn.say("say.be_heard"));
        turn.draft.text(std::move(words));
        turn.move("listens");
        if (heard.words.size() > 6)
            reflect(turn);
        ask(turn, {"ask.greeting", "ask.open"}, state.questions == 0);
        if (!turn.draft.empty())
            return;
    }
    // A step of their own is theirs: it is neither praised nor weighed, only taken up and made easier to take.
    const bool own_idea = pending == "own_idea" && intent.empty() && heard.cue("could_do");
    if (const std::string what = own_idea ? "plans" : intent; what == "plans" || what == "helps_some") {
        if (auto words = turn.wording.fresh(turn.say("say." + what)); !words.empty()) {
            reflected(turn, std::move(words), what == "plans" ? "takes_up_plan" : "takes_up_help");
            ask(turn, {"ask." + what, "ask.open"}, false);
            return;
        }
    }
    if (intent == "asks_advice") {
        reflect(turn, true);
        auto words = turn.wording.next(turn.say("say.advice"));
        turn.draft.text(std::move(words), 2);
        if (state.did("advice_asked"))
            turn.draft.text(turn.wording.next(turn.say("say.advice_more")));
        if (turn.draft.empty())
            turn.draft.text(turn.wording.fresh(turn.say("reflect.plain")));
        state.note("advice_asked");
        turn.move("advice_asked");
        ask(turn, {"ask.advice", "ask.open"}, true, "own_idea");
        return;
    }
    if (std::none_of(heard.words.begin(), heard.words.end(), [](const auto& word) { return in_words(word.written); }))
        return say_and_ask(turn, "unclear", "asks_again", true);
    // A question that nothing here answers is not talked past.
    if (intent.empty() && heard.cue("puts_question") && heard.feelings.empty() && turn.understanding.given_back(heard).empty())
        return say_and_ask(turn, "no_answer", "has_no_answer", true);
    if (past_understanding(turn))
        return say_and_ask(turn, "unclear", "asks_again", true);
    if (intent == "fiction_or_work" && heard.topics.empty())
        return say_and_ask(turn, "fiction", "keeps_to_subject", true);
    listen(turn);
}

} // namespace handrail::support::listening
