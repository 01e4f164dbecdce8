#include "errands/alert_page.h"

#include <algorithm>

#include "care/alert_desk.h"
#include "care/alert_rows.h"

namespace handrail::errands {

namespace {

/// As far back as a screener may answer for what came after it (AnswerProtocol::follow_up_hours).
constexpr std::chrono::hours answers_back{48};
constexpr int most_answers = 30;
constexpr int most_findings = 50;

bool names_abuse(const care::KeptFinding& kept)
{
    const auto& all = kept.finding.categories;
    return kept.finding.category == Category::Abuse || std::find(all.begin(), all.end(), Category::Abuse) != all.end();
}

} // namespace

Result<AlertView> AlertPage::open(const Actor& actor, AlertId id) const
{
    AlertView view;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        view = TRY(read(reading, id));
        return {};
    }));
    return view;
}

Result<AlertView> AlertPage::act(const Actor& actor, AlertId id, const Deed& deed) const
{
    AlertView view;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(deed(writing));
        view = TRY(read(writing, id));
        return {};
    }));
    return view;
}

Result<AlertView> AlertPage::read(trust::Reading& reading, AlertId id) const
{
    AlertView view;
    view.alert = TRY(care::read_alert(reading, id, true));
    view.deliveries = TRY(care::deliveries_of(reading, id));
    if (view.alert.person.empty()) {
        const auto& actor = reading.actor();
        if (view.alert.told != actor.account() && actor.role() != Role::Administrator &&
            !(view.alert.service && actor.role() == Role::Lead))
            return not_allowed("This page is for someone else.");
        return view;
    }
    const auto person = view.alert.person;
    TRY(reading.admit(person, trust::Scope::Words));
    view.person = TRY(read_head(reading, person));
    if (!view.alert.finding.empty())
        view.finding = TRY(care::read_finding(reading, view.alert.finding));
    if (!view.alert.conversation.empty()) {
        view.messages = TRY(support::messages_of(reading, view.alert.conversation, std::nullopt, 12));
        for (const auto& message : view.messages)
            if (message.author == support::Author::Person && view.alert.told_at && message.at > *view.alert.told_at)
                view.answered = true;
    }
    view.card = TRY(read_card(reading, accounts_, *view.person));
    for (const auto* kind : {"questionnaire", "questionnaire_part"})
        for (auto& answer : TRY(monitoring::answers_of(reading, person, kind, reading.now() - answers_back, std::nullopt,
                                                       most_answers)))
            view.answers.push_back(std::move(answer));
    std::stable_sort(view.answers.begin(), view.answers.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
    view.agreed = TRY(read_agreed(reading, consents_, *view.person, view.card));
    const auto findings = TRY(care::findings_of(reading, person, std::nullopt, most_findings));
    view.abuse_named = view.alert.category == Category::Abuse || (view.finding && names_abuse(*view.finding)) ||
                       std::any_of(findings.begin(), findings.end(), names_abuse);
    if (const auto& contact = view.card.contact.emergency_contact; contact && view.abuse_named)
        for (auto& line : view.agreed)
            if (line.what == contact->name + ", " + contact->relation)
                line.text = "Abuse was named: nobody calls them before the person was asked.";
    if (!view.card.plan && !view.card.plan_unshared && view.alert.category != Category::Abuse)
        view.suggestions = TRY(plan_suggestions(reading, *view.person, view.card, !view.abuse_named));
    reading.note({"read.alert", person, "alert", id, {}, {}});
    return view;
}

} // namespace handrail::errands
