#include "support/crisis_parts.h"

#include <algorithm>

#include "support/words.h"

namespace handrail::support::crisis::parts {
namespace {

constexpr std::size_t room_before_the_question = 64; ///< words; the emergency number and the question come after

bool says_who_takes_over(const Turn& turn)
{
    return has(turn.reply.moves, "person_asked_to_take_over") || has(turn.reply.moves, "nobody_takes_over");
}

} // namespace

void answer_first(Turn& turn)
{
    const auto& intent = turn.heard.intent;
    if (intent == "asks_if_human") {
        if (turn.draft.empty()) // the notice that was due says it already
            turn.draft.text(turn.wording.fresh(turn.say("say.ai")));
        turn.move("ai_notice");
    } else if (intent == "asks_who_is_called" && (turn.heard.asks || turn.heard.obstacles.empty())) {
        const auto contacts = turn.contacts(turn.state.category);
        turn.draft.text(turn.wording.next(turn.say("say.who_is_called"), contacts.filling()));
        turn.move("calls_nobody");
    } else if (intent == "asks_methods") {
        turn.draft.text(turn.wording.next(turn.say("say.methods")), 1);
        turn.move("declines_methods");
    } else if (intent == "asks_human") {
        turn.draft.text(turn.wording.next(turn.say(turn.situation.staffed ? "say.human.asked" : "say.human.nobody")));
        turn.reply.wants_person = true;
        turn.move("hand_over");
    } else if (intent == "asks_medication") {
        const auto contacts = turn.contacts(turn.state.category);
        turn.draft.text(turn.wording.next(turn.say("say.medication"), contacts.filling()), 1);
        turn.move("declines_medication");
    } else if (turn.heard.cue("fears_to_ask") && turn.state.category == Category::Suicide &&
               (turn.state.subject == Subject::Other || turn.state.subject == Subject::Dependent)) {
        // Whoever fears the question gets words for it (C13).
        if (const auto* asked = turn.book.question("asked_them"); asked != nullptr)
            if (const auto words = asked->answers.find("no"); words != asked->answers.end())
                turn.draft.text(turn.wording.next(words->second));
        turn.move("words_to_ask");
    } else if (intent == "asks_meaning") {
        turn.draft.text(turn.wording.fresh(turn.say("say.why_ask")));
        turn.move("explains_itself");
    }
}

void answer_to_question(Turn& turn, const Danger& danger)
{
    if (danger.question.empty())
        return;
    const auto* question = turn.book.question(danger.question);
    if (question == nullptr)
        return;
    auto option = danger.option;
    if (question->answers.count(option) == 0 && option == "refuses")
        option = "unsure";
    const auto texts = question->answers.find(option);
    if (texts == question->answers.end())
        return;
    const auto contacts = turn.contacts(danger.category);
    turn.draft.text(turn.wording.next(texts->second, contacts.filling()));
    turn.move("answer_" + danger.option);
}

std::string told_key(const Situation& here, Urgency urgency)
{
    const auto& told = here.told;
    if (told.state == Told::State::Nobody)
        return "nobody";
    if (told.state == Told::State::Opened) {
        // What is graver, or danger renewed at now, opens the alert again: then nobody has opened it.
        if (urgency == Urgency::Now || need(urgency) > need(told.opened_for))
            return here.staffed ? "again" : "nobody";
        return told.who.empty() ? "has_it_no_name" : "has_it";
    }
    if (!told.who.empty())
        return "told";
    return told.opened_before ? "again" : told.anyone_there ? "told_no_name" : "not_here";
}

Block who_was_told(Turn& turn, Urgency urgency)
{
    const auto& told = turn.situation.told;
    const auto key = told_key(turn.situation, urgency);
    Block block;
    block.kind = Block::Kind::Told;
    const bool has_it = key == "has_it" || key == "has_it_no_name";
    block.state = key == "nobody" ? "nobody" : has_it ? "opened" : "told";
    if (key == "has_it" || key == "told")
        block.initials = told.initials;
    const auto takes = urgency == Urgency::Now ? who_takes_over(turn) : std::string();
    // That nobody is there to take over says already that nobody is there.
    if (key != "nobody" || takes.empty())
        block.text = turn.wording.next(turn.say("crisis.told." + key), {{"who", told.who},
                                                                        {"at", has_it ? told.opened_at : told.at},
                                                                        {"minutes", std::to_string(told.wait_minutes)}});
    if (!takes.empty())
        block.text += (block.text.empty() ? "" : " ") + takes;
    return block;
}

void tell(Turn& turn, Urgency urgency, int spare) { tell(turn, who_was_told(turn, urgency), spare); }

void tell(Turn& turn, Block block, int spare)
{
    if (block.state != "nobody")
        spare = 0;
    auto words = block.text;
    if (says_who_takes_over(turn)) {
        // Said at least once in a conversation (G1); with the next reply when this one is full.
        if (!turn.state.did("takes_over")) {
            if (spare > 0 && turn.draft.firm_words() + count_words(words) > room_before_the_question + 6)
                return;
            spare = 0;
        }
        turn.state.note("takes_over");
    }
    turn.draft.block(std::move(block), std::move(words), spare);
    turn.move("told");
}

std::string who_takes_over(Turn& turn)
{
    if (!turn.situation.can_be_taken || has(turn.reply.moves, "hand_over"))
        return {}; // no chat, or said already in this reply
    turn.move(turn.situation.staffed ? "person_asked_to_take_over" : "nobody_takes_over");
    return turn.wording.next(turn.say(turn.situation.staffed ? "crisis.steps.wants_person_now" : "crisis.steps.nobody_takes_over"));
}

bool ask(Turn& turn, const CrisisText& text, bool again_too)
{
    if (turn.draft.asks())
        return true;
    for (const bool second_round : {false, true}) {
        if (second_round && !again_too)
            break;
        for (const auto& id : text.questions) {
            if (!second_round && has(turn.state.asked, id))
                continue;
            // A question about the reader's own life is not for somebody who worries about another.
            const bool third_party = turn.state.category != Category::HarmToOthers &&
                                     (turn.state.subject == Subject::Other || turn.state.subject == Subject::Dependent);
            if (third_party && (id == "killing_yourself" || id == "hurting_yourself" || id == "act_soon" ||
                                id == "safer_place" || id == "means_near"))
                continue;
            const auto* question = turn.book.question(id);
            auto words = turn.wording.next(question->wordings);
            if (words.empty())
                continue;
            std::vector<ReplyChoice> choices;
            choices.reserve(question->options.size());
            for (const auto& option : question->options)
                choices.push_back(option.choice);
            turn.draft.question(std::move(words), id, std::move(choices));
            turn.state.asked.push_back(id);
            turn.state.pending = id;
            turn.move("direct_question");
            return true;
        }
    }
    return false;
}

void ask_something(Turn& turn, const CrisisText& text)
{
    if (ask(turn, text, true))
        return;
    auto words = turn.wording.fresh(turn.say("ask.after_crisis"));
    if (words.empty())
        words = turn.wording.fresh(turn.say("ask.open"));
    if (!words.empty()) {
        turn.draft.question(std::move(words), "open");
        turn.state.pending = "open";
        turn.move("open_question");
    }
}

void answer_obstacles(Turn& turn, const Contacts& contacts)
{
    int answered = 0;
    for (const auto& obstacle : turn.heard.obstacles) {
        if (answered == 1)
            break;
        auto words = turn.wording.next(turn.say("obstacle." + obstacle), contacts.filling());
        if (words.empty())
            continue;
        turn.draft.text(std::move(words));
        turn.move("obstacle_" + obstacle);
        ++answered;
    }
    if (turn.cannot_speak())
        turn.state.note("cannot_speak");
}

void invite_country(Turn& turn, const Contacts& contacts)
{
    if (contacts.country_known() || turn.state.did("country"))
        return;
    turn.state.note("country");
    turn.draft.text(turn.wording.next(turn.say("crisis.contact.ask_country")));
    turn.move("ask_country");
}

void if_strangled(Turn& turn)
{
    const bool strangled =
        turn.heard.cue("strangled") || std::any_of(turn.finding.evidence.begin(), turn.finding.evidence.end(), [](const auto& e) {
            return e.rule.find("strangled") != std::string::npos;
        });
    if (!strangled || turn.state.did("strangled"))
        return;
    turn.state.note("strangled");
    turn.draft.text(turn.wording.next(turn.say("crisis.strangled")));
    turn.move("doctor_today");
}

void name_trusted(Turn& turn, const CrisisText& text, const Filling& filling, bool crowded)
{
    if (turn.state.did("trusted"))
        return;
    const auto& own = turn.minor && !text.minor ? turn.say("crisis.minor_trusted") : text.trusted;
    auto words = turn.wording.next(own.empty() ? text.trusted : own, filling);
    if (words.empty())
        return;
    if (crowded && turn.draft.firm_words() + count_words(words) > room_before_the_question) {
        turn.move("trusted_person_next");
        return;
    }
    turn.draft.aside(std::move(words));
    turn.state.note("trusted");
    turn.move("trusted_person_and_professional");
}

const CrisisText* text_for(Turn& turn, Urgency urgency, const Danger& danger)
{
    const auto* text = turn.book.crisis_text(urgency, danger.category, danger.subject, turn.minor);
    ensure(text != nullptr, "each language has a text for every urgency");
    turn.reply.text_id = text->id + "/" + text->language + "@" + std::to_string(text->version);
    return text;
}

std::string again_words(Turn& turn, const CrisisText& text, const Filling& filling)
{
    auto words = turn.wording.fresh(text.again, filling);
    if (words.empty())
        words = turn.wording.fresh(turn.say("reflect.plain"));
    if (words.empty())
        words = turn.wording.fresh(turn.say("say.hold"));
    return words;
}

bool line_fits_body(const Turn& turn, const Danger& danger)
{
    if (danger.category != Category::MedicalEmergency && danger.category != Category::Substance &&
        danger.category != Category::EatingDisorder)
        return true;
    const auto& all = turn.finding.categories;
    return std::find(all.begin(), all.end(), Category::Suicide) != all.end() ||
           std::find(all.begin(), all.end(), Category::SelfHarm) != all.end();
}

} // namespace handrail::support::crisis::parts
