#include "support/crisis_protocol.h"

#include <algorithm>
#include <array>

#include "nlp/second_opinion.h"
#include "support/crisis_parts.h"
#include "support/words.h"

namespace handrail::support::crisis {
namespace {

using namespace parts;

/// One numbered action; the first carries the number to call.
Call step_with(std::string words, std::string tel)
{
    Call out;
    out.label = std::move(words);
    out.tel = std::move(tel);
    return out;
}

/// The emergency number once more, in words not said before.
void renew_number(Turn& turn, const Filling& filling)
{
    turn.draft.text(turn.wording.joined(turn.say("crisis.contact.renewed_lead"), turn.say("crisis.contact.renewed_act"), filling));
    turn.move("emergency_number");
}

/// Whether the words could be read, and the model alone finds it likely that a human is needed.
bool in_doubt(const Finding& finding)
{
    return finding.urgency == Urgency::Unknown &&
           std::any_of(finding.evidence.begin(), finding.evidence.end(), [](const auto& each) {
               return each.rule == nlp::rule_of_doubt && each.context_index < 0;
           });
}

} // namespace

void now(Turn& turn, const Danger& danger)
{
    const auto* text = text_for(turn, Urgency::Now, danger);
    const auto contacts = turn.contacts(danger.category);
    const auto filling = contacts.filling();
    const bool first = turn.state.given[text->id]++ == 0;
    turn.move("crisis_now");
    turn.reply.wants_person = true;
    // What the person has said already is not asked of them again.
    if (danger.category == Category::Suicide && danger.subject != Subject::Other)
        for (const std::string_view known : {"killing_yourself", "act_soon"})
            if (!has(turn.state.asked, known))
                turn.state.asked.emplace_back(known);
    answer_first(turn);
    Block told;

    if (turn.state.in_contact) {
        turn.draft.text(turn.wording.next(turn.say("crisis.in_contact")));
        auto break_off = turn.wording.next(turn.say("crisis.in_contact_now"), filling);
        if (break_off.empty())
            break_off = turn.wording.joined(turn.say("crisis.contact.renewed_lead"), turn.say("crisis.contact.renewed_act"), filling);
        turn.draft.text(std::move(break_off));
        turn.move("contact_respected");
        turn.draft.text(turn.wording.next(text->approach, filling), 1);
        tell(turn, Urgency::Now, 3);
        ask_something(turn, *text);
        return;
    }

    if (first) {
        answer_to_question(turn, danger);
        auto hear = turn.wording.next(text->hear, filling);
        // An obstacle and the first notice need room: one sentence is enough to be heard.
        const bool obstacle = !turn.heard.obstacles.empty();
        if (const auto sentences = sentences_of(hear); (obstacle || !turn.draft.empty()) && sentences.size() > 1)
            hear = sentences.front();
        told = who_was_told(turn, Urgency::Now);
        const bool notice = turn.draft.words() > 0;
        turn.draft.text(std::move(hear), obstacle ? 4 : notice && told.state != "nobody" ? 3 : danger.question.empty() ? 0 : 2);
        Block steps;
        steps.kind = Block::Kind::Steps;
        std::string call = turn.wording.next(text->call, filling);
        if (call.empty())
            call = turn.wording.joined(turn.say("crisis.contact.renewed_lead"), turn.say("crisis.contact.renewed_act"), filling);
        if (line_fits_body(turn, danger)) {
            if (const auto or_line = turn.wording.next(turn.say("crisis.contact.or_line"), filling); !or_line.empty())
                call += " " + or_line;
        }
        if (turn.cannot_speak() && !contacts.silent_emergency().empty() && !turn.say("crisis.contact.silent").empty())
            call += " " + filled(turn.say("crisis.contact.silent").front(), {{"silent", contacts.silent_emergency()}});
        turn.wording.take(call);
        // At most three things to do, and no third one where who was told needs the room.
        constexpr std::size_t room = 70; ///< words, before the question
        auto used = turn.draft.firm_words() + count_words(call) + count_words(told.text) + 1;
        if (!contacts.country_known() && !turn.state.did("country"))
            used += 11; // the invitation to name it
        auto calls = contacts.first_calls(line_fits_body(turn, danger));
        steps.items.push_back(step_with(call, calls.empty() ? std::string() : calls.front().tel));
        steps.items.back().calls = std::move(calls);
        for (const auto& set : text->steps) {
            if (std::any_of(set.begin(), set.end(), [&](const auto& step) { return turn.wording.said(step); }))
                continue;
            for (const auto& step : set) {
                used += count_words(step) + 1;
                if (steps.items.size() == 2 && (obstacle || used > room))
                    break; // two things to do, and the answer to what stands in the way
                turn.wording.take(step);
                steps.items.push_back(step_with(filled(step, filling), {}));
            }
            break;
        }
        std::string flat;
        for (std::size_t i = 0; i < steps.items.size(); ++i)
            flat += std::to_string(i + 1) + ". " + steps.items[i].label + "\n";
        turn.draft.block(std::move(steps), std::move(flat));
        turn.move("emergency_number");
        turn.move("safe_steps");
    } else {
        told = who_was_told(turn, Urgency::Now);
        answer_to_question(turn, danger);
        if (danger.question.empty())
            turn.draft.text(again_words(turn, *text, filling));
        auto number = turn.wording.next(turn.say("crisis.contact.renewed"), filling);
        if (number.empty())
            number = turn.wording.joined(turn.say("crisis.contact.renewed_lead"), turn.say("crisis.contact.renewed_act"), filling);
        turn.draft.text(std::move(number));
        turn.move("emergency_number");
        if (line_fits_body(turn, danger))
            turn.draft.text(contacts.short_contact(turn.wording, turn.cannot_speak()), 1);
        turn.draft.text(turn.wording.next(text->approach, filling), 1);
    }
    answer_obstacles(turn, contacts);
    invite_country(turn, contacts);
    tell(turn, std::move(told), first && turn.heard.obstacles.empty() ? 0 : 3);
    ask_something(turn, *text);
}

void today(Turn& turn, const Danger& danger)
{
    const auto* text = text_for(turn, Urgency::Today, danger);
    const auto contacts = turn.contacts(danger.category);
    const auto filling = contacts.filling();
    const bool first = turn.state.given[text->id]++ == 0;
    turn.move("crisis_today");
    const auto before = turn.reply.moves.size();
    answer_first(turn);
    const bool answered = turn.reply.moves.size() > before;

    if (first)
        answer_to_question(turn, danger);
    const bool obstacle = !turn.heard.obstacles.empty();
    if (first) {
        auto hear = turn.wording.next(text->hear, filling);
        // An obstacle needs the room: one sentence is enough to be heard.
        if (const auto sentences = sentences_of(hear); obstacle && sentences.size() > 1)
            hear = sentences.front();
        turn.draft.text(std::move(hear), !danger.question.empty() ? 3 : answered ? 4 : 0);
    }

    if (turn.state.in_contact) {
        turn.draft.text(turn.wording.next(turn.say("crisis.in_contact")));
        turn.move("contact_respected");
    } else if (first) {
        turn.draft.text(turn.wording.next(text->lead), 9);
        const bool both = !has(turn.heard.obstacles, "phone_watched");
        contacts.put(turn.draft, turn.wording, both, turn.cannot_speak(), danger.category != Category::Abuse);
        turn.move("contacts");
    }

    if_strangled(turn);
    if (first) {
        answer_obstacles(turn, contacts);
        tell(turn, Urgency::Today, 1);
        name_trusted(turn, *text, filling, obstacle || answered || turn.state.did("strangled"));
        if (!text->plan.empty()) {
            const bool medical = danger.category == Category::EatingDisorder || danger.category == Category::Substance;
            auto plan = turn.wording.next(text->plan, filling);
            turn.draft.aside(plan, medical || danger.category == Category::Suicide || danger.category == Category::SelfHarm ? 2 : 3);
            if (!plan.empty() && (danger.category == Category::Suicide || danger.category == Category::SelfHarm)) {
                turn.state.note("plan");
                turn.move("safety_plan_offered");
            }
        }
        turn.draft.aside(turn.wording.next(turn.say("crisis.contact.danger"), filling));
        invite_country(turn, contacts);
    } else {
        answer_to_question(turn, danger);
        if (danger.retracts)
            turn.draft.text(turn.wording.next(turn.say("crisis.retraction")));
        else if (danger.question.empty())
            turn.draft.text(again_words(turn, *text, filling));
        if (obstacle)
            answer_obstacles(turn, contacts);
        if (!turn.state.in_contact) {
            turn.draft.text(contacts.short_contact(turn.wording, turn.cannot_speak()));
            turn.move("contacts");
            // An answer made it now: milder words after it do not take the number away (C6).
            if (turn.state.held == Urgency::Now) {
                renew_number(turn, filling);
            }
        }
        std::string step;
        if (!obstacle && (turn.heard.cue("urge") || !turn.state.did("coping")) && !text->coping.empty()) {
            step = turn.wording.next(text->coping, filling);
            if (!step.empty()) {
                turn.state.note("coping");
                turn.move("distress_tolerance_step");
            }
        }
        if (step.empty() && !obstacle) {
            step = turn.wording.next(text->approach, filling);
            turn.move("new_approach");
        }
        turn.draft.text(std::move(step), 1);
        name_trusted(turn, *text, filling, true);
        invite_country(turn, contacts);
    }
    // An urge to be held out now: one step as well as the contacts, never instead (C9).
    if (first && turn.heard.cue("urge") && !text->coping.empty()) {
        turn.draft.text(turn.wording.next(text->coping, filling));
        turn.state.note("coping");
        turn.move("distress_tolerance_step");
    }
    ask_something(turn, *text);
}

void soon(Turn& turn, const Danger& danger)
{
    const auto* text = text_for(turn, Urgency::Soon, danger);
    const auto contacts = turn.contacts(danger.category);
    const auto filling = contacts.filling();
    const bool first = turn.state.given[text->id]++ == 0;
    turn.move("support_soon");
    answer_first(turn);
    answer_to_question(turn, danger);
    if (danger.question.empty())
        turn.draft.text(first ? turn.wording.next(text->hear, filling) : again_words(turn, *text, filling));
    turn.move("reflect");
    ++turn.state.reflections;
    answer_obstacles(turn, contacts);
    if (first) {
        turn.draft.text(turn.wording.next(text->lead), 9);
        contacts.put(turn.draft, turn.wording, false, turn.cannot_speak(), false);
        turn.move("contacts");
        const auto& trusted = turn.minor ? turn.say("crisis.minor_trusted") : text->trusted;
        turn.draft.aside(turn.wording.next(trusted.empty() ? text->trusted : trusted, filling));
        turn.move("trusted_person_and_professional");
        turn.draft.aside(turn.wording.next(turn.say("crisis.contact.danger"), filling), 2);
        invite_country(turn, contacts);
    } else {
        turn.draft.text(turn.wording.next(text->approach, filling), 1);
    }
    if (!ask(turn, *text, false))
        ask_something(turn, *text);
}

void unknown(Turn& turn)
{
    const auto& lang = turn.finding.lang;
    const bool foreign = (lang != "und" && !lang.empty() && lang != turn.book.language()) ||
                         !turn.situation.speaks(turn.book.language());
    const auto contacts = turn.contacts(Category::None);
    const auto filling = contacts.filling();
    const bool read = turn.book.listens() && (lang == "und" || lang.empty() || lang == turn.book.language());
    const bool doubt = in_doubt(turn.finding);
    const auto* key = read && !turn.situation.speaks(turn.book.language()) ? "crisis.unknown.unsigned"
                      : foreign || !turn.book.listens()                    ? "crisis.unknown.language"
                      : doubt                                              ? "crisis.unknown.doubt"
                                                                           : "crisis.unknown.unreadable";
    auto words = turn.wording.next(turn.say(key), filling);
    if (words.empty())
        words = turn.wording.joined(turn.say("crisis.contact.renewed_lead"), turn.say("crisis.contact.renewed_act"), filling);
    // The question, when there is one, comes last.
    std::string question;
    if (const auto sentences = sentences_of(words); !sentences.empty() && sentences.back().ends_with('?')) {
        question = sentences.back();
        words.resize(words.size() - question.size());
        while (words.ends_with(' '))
            words.pop_back();
    }
    turn.draft.text(std::move(words));
    contacts.put(turn.draft, turn.wording, turn.state.given["unknown"]++ == 0, false, false);
    invite_country(turn, contacts);
    tell(turn, Urgency::Unknown, 3);
    if (!question.empty()) {
        turn.draft.question(std::move(question), "open");
        turn.state.pending = "open";
    }
    turn.move(foreign ? "language_not_supported" : doubt ? "in_doubt" : "not_understood");
    turn.move("contacts");
    turn.reply.text_id = std::string(key) + "/" + turn.book.language();
}

void answered(Turn& turn, const Danger& danger)
{
    const auto level = need(danger.urgency) >= need(Urgency::Today) && danger.urgency != Urgency::Unknown ? danger.urgency
                                                                                                          : Urgency::Soon;
    const auto* text = turn.book.crisis_text(level, danger.category, danger.subject, turn.minor);
    const auto contacts = turn.contacts(danger.category);
    const auto filling = contacts.filling();
    turn.move("answer_heard");
    // A "no" to the first question settles those that follow from it, until danger is renewed.
    if (danger.question == "killing_yourself" && danger.option == "no")
        for (const std::string_view settled : {"act_soon", "means_near"})
            if (!has(turn.state.asked, settled))
                turn.state.asked.emplace_back(settled);
    answer_first(turn);
    answer_to_question(turn, danger);
    if (turn.draft.empty())
        turn.draft.text(turn.wording.fresh(turn.say("reflect.plain")));
    answer_obstacles(turn, contacts);
    const bool calm = danger.option == "no" || danger.option == "yes";
    if (!calm && turn.draft.flat().find(contacts.first_line()) == std::string::npos)
        turn.draft.text(contacts.short_contact(turn.wording, turn.cannot_speak()), 1);
    if (danger.urgency == Urgency::Now) {
        renew_number(turn, filling);
    }
    if (text != nullptr) {
        turn.draft.text(turn.wording.next(text->approach, filling), 1);
        // Who else could know is always worth asking; the same question is not.
        if (ask(turn, *text, false))
            return;
        ask_something(turn, *text);
    }
}

bool holds(const Turn& turn, const Danger& danger)
{
    if (turn.state.held == Urgency::Now)
        return true;
    if (turn.state.held != Urgency::Today)
        return false;
    const auto& intent = turn.heard.intent;
    return danger.retracts || intent.empty() || intent == "asks_advice" || intent == "be_heard" || intent == "jailbreak" ||
           intent == "asks_meaning" || intent == "asks_outlook" || intent == "asks_verdict" || intent == "weighs" ||
           intent == "plans" || intent == "apologises" || intent == "goodbye";
}

void hold(Turn& turn, const Danger& danger)
{
    const auto contacts = turn.contacts(danger.category);
    const auto filling = contacts.filling();
    turn.move("stay_with");
    answer_first(turn);
    const auto level = danger.urgency == Urgency::Now || danger.urgency == Urgency::Today ? danger.urgency : Urgency::Soon;
    const auto* text = turn.book.crisis_text(level, danger.category, danger.subject, turn.minor);
    const bool third_party = text != nullptr && danger.category != Category::HarmToOthers &&
                             (danger.subject == Subject::Other || danger.subject == Subject::Dependent);
    if (danger.retracts) {
        auto words = turn.wording.next(turn.say("crisis.retraction"), filling);
        turn.draft.text(words.empty() ? turn.wording.fresh(turn.say("reflect.plain")) : words);
        turn.move("retraction_not_lowered");
    } else if (turn.heard.intent == "goodbye") {
        turn.draft.text(turn.wording.next(turn.say("say.before_you_go"), filling));
        turn.move("goodbye");
    } else if (const auto help = third_party && turn.heard.feelings.empty() ? turn.wording.next(text->approach, filling) : std::string(); !help.empty()) {
        turn.draft.text(help);
        turn.move("helps_the_helper");
    } else {
        // The person's own words are not given back here: in danger they may be what must not be confirmed.
        std::string words;
        if (danger.urgency == Urgency::Now && text != nullptr)
            words = again_words(turn, *text, filling);
        for (const auto& feeling : turn.heard.feelings)
            if (words.empty())
                words = turn.wording.fresh(turn.say("feeling." + feeling));
        const bool little = turn.heard.words.size() <= 2; // "ok" says nothing that could be called a lot
        for (const std::string_view key : little ? std::array{"say.hold", "reflect.plain"} : std::array{"reflect.plain", "say.hold"})
            if (words.empty() && turn.heard.intent != "asks_meaning")
                words = turn.wording.fresh(turn.say(key));
        turn.draft.text(std::move(words));
        ++turn.state.reflections;
        turn.move("reflect");
    }
    answer_obstacles(turn, contacts);
    if (danger.urgency == Urgency::Now && !turn.state.in_contact) {
        renew_number(turn, filling);
    } else if (danger.urgency == Urgency::Now) {
        // Somebody is with them by phone or in person: that is kept, and what to do if it breaks off is said once.
        turn.draft.text(turn.wording.next(turn.say("crisis.in_contact")));
        turn.draft.text(turn.wording.next(turn.say("crisis.in_contact_now"), filling));
        turn.move("contact_respected");
    } else if (!turn.heard.obstacles.empty()) {
        if (danger.urgency != Urgency::Soon)
            turn.draft.text(contacts.short_contact(turn.wording, turn.cannot_speak()));
    } else if (danger.urgency != Urgency::Soon && !turn.state.in_contact &&
               (turn.state.turns % 2 == 0 || turn.heard.intent == "goodbye")) {
        auto words = contacts.short_contact(turn.wording, turn.cannot_speak());
        turn.draft.text(std::move(words), 1);
        turn.move("contacts");
    }
    if (danger.urgency == Urgency::Now && turn.situation.can_be_taken && !turn.state.did("takes_over"))
        tell(turn, Urgency::Now, 0); // there was no room for it before
    if (turn.heard.intent == "goodbye" && danger.urgency != Urgency::Now)
        return; // nobody is held back by a question (E1)
    if (danger.retracts && text != nullptr) {
        ask_something(turn, *text);
        return;
    }
    if (turn.state.asked.size() < 3 && text != nullptr && ask(turn, *text, false))
        return;
    if (turn.state.turns % 3 != 0)
        return;
    auto words = turn.wording.fresh(turn.say("ask.after_crisis"));
    if (!words.empty() && !turn.draft.asks()) {
        turn.draft.question(std::move(words), "open");
        turn.state.pending = "open";
        turn.move("open_question");
    }
}

void opened(Turn& turn)
{
    const auto& told = turn.situation.told;
    const auto& words = turn.say(told.who.empty() ? "crisis.told.opened_no_name" : "crisis.told.opened");
    if (words.empty())
        return;
    const Filling filling{{"who", told.who}, {"at", told.opened_at}};
    auto text = turn.wording.next(words, filling);
    if (text.empty())
        text = filled(words.front(), filling);
    Block block;
    block.kind = Block::Kind::Told;
    block.state = "opened";
    block.initials = told.initials;
    block.text = text;
    turn.draft.block(std::move(block), std::move(text));
    turn.move("told");
}

void country_named(Turn& turn, const Danger& danger)
{
    const auto contacts = turn.contacts(danger.category);
    const auto filling = contacts.filling();
    turn.draft.text(turn.wording.next(turn.say("say.country"), filling));
    contacts.put(turn.draft, turn.wording, true, turn.cannot_speak(), false);
    auto danger_line = turn.wording.next(turn.say("crisis.contact.danger"), filling);
    turn.draft.text(danger_line.empty() ? turn.wording.joined(turn.say("crisis.contact.renewed_lead"),
                                                              turn.say("crisis.contact.renewed_act"), filling)
                                        : danger_line);
    turn.move("contacts");
    turn.move("country_named");
    if (need(danger.urgency) < need(Urgency::Soon)) {
        // Nobody is in danger: where somebody lives is no reason to ask about it.
        if (auto words = turn.wording.fresh(turn.say("ask.open")); !words.empty()) {
            turn.draft.question(std::move(words), "open");
            turn.state.pending = "open";
            turn.move("open_question");
        }
        return;
    }
    const auto level = danger.urgency == Urgency::Now     ? Urgency::Now
                       : danger.urgency == Urgency::Today ? Urgency::Today
                                                          : Urgency::Soon;
    if (const auto* text = turn.book.crisis_text(level, danger.category, danger.subject, turn.minor))
        ask_something(turn, *text);
}

} // namespace handrail::support::crisis
