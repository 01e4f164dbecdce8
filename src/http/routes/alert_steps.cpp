#include "http/routes/alert_steps.h"

#include <algorithm>

#include "care/alert_rows.h"
#include "monitoring/follow_up.h"

namespace handrail::http::routes {

namespace {

using Does = NextSteps::Does;

constexpr const char* clinicians_language = "en";

/// Of the questions of one screener, the newest answers that are not too old.
struct Said {
    const monitoring::KeptAnswer* answer = nullptr;
    std::string value;
};
Said said_to(const errands::AlertView& view, const std::string& screener, const std::string& item, Instant from)
{
    for (const auto& each : view.answers) { // newest first
        if (each.instrument != screener || each.at < from)
            continue;
        for (const auto& one : each.body.inner("answer"))
            if (one.text("item") == item)
                return {&each, one.text("value")};
    }
    return {};
}

/// One question of a screener is called by both: another may have an item of the same name.
std::string id_of(const std::string& screener, const std::string& item) { return screener + "." + item; }

std::string_view mark_name(FigureMark mark)
{
    switch (mark) {
    case FigureMark::Verified:
        return "verified";
    case FigureMark::SecondHand:
        return "second-hand";
    case FigureMark::House:
        return "house";
    case FigureMark::Unverified:
        break;
    }
    return "unverified";
}

/// What whoever had the alert heard last.
void add_heard(JsonObject& one, const errands::AlertView& view, const std::string& question)
{
    for (auto step = view.alert.path.rbegin(); step != view.alert.path.rend(); ++step)
        for (const auto& each : step->answers)
            if (each.question == question) {
                one.add("heard", each.answer).add("heard_at", step->at);
                return;
            }
}

JsonList questions_json(const monitoring::Asking& asking, const errands::AlertView& view, Instant now)
{
    JsonList questions;
    const auto& way = *asking.next_steps.way(view.alert.category);
    const auto add = [&](const std::vector<std::string>& all) {
        for (const auto& id : all) {
            const auto& question = *asking.next_steps.question(id);
            JsonObject one;
            one.add("id", question.id).add("text", question.text).add("mark", mark_name(question.mark));
            add_heard(one, view, question.id);
            questions.add(one);
        }
    };
    const auto& protocol = asking.protocol;
    const auto* screener =
        way.screener ? monitoring::screener_for(protocol, asking.instruments, view.person->age_band, clinicians_language) : nullptr;
    if (screener == nullptr) {
        add(way.without_screener);
    } else {
        const auto from = now - std::chrono::hours{protocol.follow_up_hours};
        for (const auto& question : asking.instruments.find(screener->instrument)->wording(clinicians_language)->questions) {
            JsonObject one;
            one.add("id", id_of(screener->instrument, question.item)).add("text", question.text);
            if (const auto said = said_to(view, screener->instrument, question.item, from); said.answer != nullptr)
                one.add("said", said.value == "0" ? "no" : "yes").add("said_at", said.answer->at);
            add_heard(one, view, id_of(screener->instrument, question.item));
            questions.add(one);
        }
    }
    add(way.questions);
    return questions;
}

std::string filled(std::string text, std::string_view place, const std::string& with)
{
    for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + with.size()))
        text.replace(at, place.size(), with);
    return text;
}

std::string first_name_of(const errands::PersonHead& person)
{
    return person.name == errands::no_name ? "them" : person.name.substr(0, person.name.find(' '));
}

std::string with_names(const std::string& text, const errands::PersonHead& person, const errands::PersonCard& card)
{
    const auto& contact = card.contact.emergency_contact;
    return filled(filled(text, "{name}", first_name_of(person)), "{contact}",
                  contact ? contact->name + (contact->relation.empty() ? "" : ", " + contact->relation) : "whom they named");
}

std::string reaching(const care::SafeContact& contact)
{
    if (contact.phone.empty())
        return "No safe number is known. Write here, or take the conversation over.";
    return (contact.times.empty() ? "" : "Safe times: " + contact.times + ". ") +
           (contact.voicemail_ok ? "Voicemail is fine." : "Leave no voicemail.");
}

/// Whether a step stands there for this person: nobody is called who may not be, and there is one plan or none.
bool stands(const NextSteps::Step& step, const errands::AlertView& view)
{
    const auto& contact = view.card.contact.emergency_contact;
    switch (step.does) {
    case Does::CallContact:
        return contact && contact->may_call;
    case Does::GoThroughPlan:
        return view.card.plan.has_value();
    case Does::MakePlan:
        return !view.card.plan;
    case Does::CallPerson:
    case Does::Ask:
    case Does::Else:
        break;
    }
    return true;
}

JsonObject suggestion_json(const errands::PlanSuggestion& each)
{
    constexpr std::string_view parts[] = {"warning_signs", "coping", "distraction", "people", "professionals", "safer_place"};
    JsonObject one;
    one.add("part", parts[static_cast<std::size_t>(each.part)]).add("text", each.text).add("from", each.from);
    if (!each.phone.empty())
        one.add("phone", each.phone);
    return one;
}

JsonObject step_json(const NextSteps::Step& step, const monitoring::Asking& asking, const errands::AlertView& view, Instant now)
{
    const auto& card = view.card;
    const bool instead = (step.does == Does::CallContact && view.abuse_named) || (step.does == Does::MakePlan && card.plan_unshared);
    constexpr std::string_view does[] = {"call_person", "call_contact", "ask", "go_through_plan", "make_plan", "else"};
    JsonObject one;
    one.add("id", step.id).add("does", does[static_cast<std::size_t>(step.does)]);
    one.add("title", with_names(instead ? step.instead_title : step.title, *view.person, card));
    std::string detail = with_names(instead ? step.instead_detail : step.detail, *view.person, card);
    if (step.does == Does::CallPerson) {
        detail = reaching(card.contact) + (detail.empty() ? "" : " " + detail);
        if (!card.contact.phone.empty())
            one.add("phone", card.contact.phone);
    }
    if (step.does == Does::CallContact && !instead) {
        one.add("phone", card.contact.emergency_contact->phone);
        detail = first_name_of(*view.person) + " agreed that they may be called." + (detail.empty() ? "" : " " + detail);
    }
    if (!detail.empty())
        one.add("detail", detail);
    if (step.does == Does::Ask)
        one.add("questions", questions_json(asking, view, now));
    JsonList deeds;
    if (!instead || step.does != Does::CallContact)
        for (const auto& deed : step.deeds)
            deeds.add(JsonObject{}.add("id", deed.id).add("text", deed.text));
    one.add("deeds", deeds);
    if (step.does == Does::MakePlan && !instead) {
        JsonList suggestions;
        for (const auto& each : view.suggestions)
            suggestions.add(suggestion_json(each));
        one.add("suggestions", suggestions);
    }
    return one;
}

/// A question of the file, or of a screener, as it stands today.
std::optional<care::AskedAnswer> asked_question(const monitoring::Asking& asking, const std::string& id)
{
    if (const auto* question = asking.next_steps.question(id))
        return care::AskedAnswer{id, std::to_string(question->version), question->text, {}};
    for (const auto& screener : asking.protocol.follow_up) {
        const auto* instrument = asking.instruments.find(screener.instrument);
        const auto* words = instrument == nullptr ? nullptr : instrument->wording(clinicians_language);
        if (words == nullptr)
            continue;
        for (const auto& question : words->questions)
            if (id_of(screener.instrument, question.item) == id)
                return care::AskedAnswer{id, instrument->version, question.text, {}};
    }
    return std::nullopt;
}

} // namespace

JsonList next_steps_json(const monitoring::Asking& asking, const errands::AlertView& view, Instant now)
{
    JsonList steps;
    if (const auto* way = asking.next_steps.way(view.alert.category))
        for (const auto& id : way->steps)
            if (const auto& step = *asking.next_steps.step(id); stands(step, view))
                steps.add(step_json(step, asking, view, now));
    return steps;
}

JsonList outcomes_json(const NextSteps& steps, Urgency urgency)
{
    JsonList list;
    for (const auto& each : steps.outcomes) {
        std::vector<std::string> needs;
        if (each.does == "handed_over")
            needs.emplace_back("colleague");
        if (each.does == "no_contact_needed") {
            needs.emplace_back("reason");
            if (urgency == Urgency::Now)
                needs.emplace_back("second_person");
        }
        if (each.words)
            needs.emplace_back("words");
        list.add(JsonObject{}
                     .add("id", each.id)
                     .add("text", each.text)
                     .add("closes", each.does == "reached" || each.does == "no_contact_needed")
                     .add("needs", needs)
                     .add("why", each.why));
    }
    return list;
}

std::vector<care::AskedAnswer> answers_in(Body& body, const monitoring::Asking& asking)
{
    std::vector<care::AskedAnswer> kept;
    auto answers = body.optional_object("answers");
    for (const auto& id : answers ? answers->names() : std::vector<std::string>{}) {
        auto question = asked_question(asking, id);
        const auto answer = answers->one_of(id, {"yes", "no", "not_asked"});
        if (!question) {
            answers->refuse(id, "Nobody asks this question.");
            continue;
        }
        question->answer = answer;
        kept.push_back(*std::move(question));
    }
    return kept;
}

Result<NamedDeed> named_deed(trust::Reading& reading, const trust::AccountDesk& accounts, const NextSteps& steps, AlertId alert,
                             const std::string& step_id, const std::string& deed_id)
{
    const auto* step = steps.step(step_id);
    const auto* deed = step == nullptr ? nullptr : NextSteps::with_id(step->deeds, deed_id);
    if (deed == nullptr)
        return invalid("There is no such thing to do at this step.", "/deed");
    const auto about = TRY(care::read_alert(reading, alert, false));
    if (about.person.empty())
        return invalid("There is no person behind this page.", "/deed");
    const auto head = TRY(errands::read_head(reading, about.person));
    const auto card = TRY(errands::read_card(reading, accounts, head));
    return NamedDeed{step_id + "." + deed_id, with_names(step->title, head, card) + ": " + deed->text};
}

} // namespace handrail::http::routes
