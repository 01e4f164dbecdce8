#include "http/routes/alert_steps.h"

#include <algorithm>

#include "monitoring/follow_up.h"

namespace handrail::http::routes {

namespace {

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

JsonList questions_json(const monitoring::Asking& asking, const errands::AlertView& view, Instant now)
{
    JsonList questions;
    const auto add = [&](const std::vector<AlertForm::Question>& all) {
        for (const auto& each : all)
            questions.add(JsonObject{}.add("id", each.id).add("text", each.text));
    };
    const auto& protocol = asking.protocol;
    const auto* screener =
        monitoring::screener_for(protocol, asking.instruments, view.person->age_band, clinicians_language);
    if (screener == nullptr) {
        add(protocol.alert_form.without_screener);
    } else {
        const auto from = now - std::chrono::hours{protocol.follow_up_hours};
        for (const auto& question : asking.instruments.find(screener->instrument)->wording(clinicians_language)->questions) {
            JsonObject one;
            one.add("id", id_of(screener->instrument, question.item)).add("text", question.text);
            if (const auto said = said_to(view, screener->instrument, question.item, from); said.answer != nullptr)
                one.add("said", said.value == "0" ? "no" : "yes").add("said_at", said.answer->at);
            questions.add(one);
        }
    }
    add(protocol.alert_form.questions);
    return questions;
}

} // namespace

JsonList next_steps_json(const monitoring::Asking& asking, const errands::AlertView& view, Instant now)
{
    JsonList steps;
    const auto& card = view.card;
    const bool named = view.person->name != errands::no_name;
    const std::string first_name = named ? view.person->name.substr(0, view.person->name.find(' ')) : "them";
    JsonObject call;
    call.add("id", "call_person").add("title", "Call " + first_name);
    if (!card.contact.phone.empty()) {
        call.add("phone", card.contact.phone);
        std::string how = card.contact.times.empty() ? "" : "Safe times: " + card.contact.times + ". ";
        how += card.contact.voicemail_ok ? "Voicemail is fine." : "Leave no voicemail.";
        call.add("detail", how);
    } else {
        call.add("detail", "No safe number is known. Write here, or take the conversation over.");
    }
    steps.add(call);
    if (const auto& contact = card.contact.emergency_contact; contact && contact->may_call)
        steps.add(JsonObject{}
                      .add("id", "call_contact")
                      .add("title", "No answer: call " + contact->name + ", " + contact->relation)
                      .add("phone", contact->phone)
                      .add("detail", (named ? first_name : "The person") + std::string(" agreed that they may be called.")));
    const auto& categories = asking.protocol.alert_form.categories;
    const bool danger_to_self =
        std::find(categories.begin(), categories.end(), view.alert.category) != categories.end();
    if (danger_to_self)
        steps.add(JsonObject{}
                      .add("id", "ask")
                      .add("title", "When you reach " + first_name + ", ask")
                      .add("questions", questions_json(asking, view, now)));
    if (card.plan)
        steps.add(JsonObject{}.add("id", "safety_plan").add("title", "Go through the safety plan"));
    steps.add(JsonObject{}.add("id", "record").add("title", "Record what you did"));
    return steps;
}

std::string alert_question(const monitoring::Asking& asking, const std::string& id)
{
    const auto& form = asking.protocol.alert_form;
    for (const auto* questions : {&form.without_screener, &form.questions})
        for (const auto& each : *questions)
            if (each.id == id)
                return each.text;
    for (const auto& screener : asking.protocol.follow_up) {
        const auto* instrument = asking.instruments.find(screener.instrument);
        const auto* words = instrument == nullptr ? nullptr : instrument->wording(clinicians_language);
        if (words == nullptr)
            continue;
        for (const auto& question : words->questions)
            if (id_of(screener.instrument, question.item) == id)
                return question.text;
    }
    return id + ":";
}

} // namespace handrail::http::routes
