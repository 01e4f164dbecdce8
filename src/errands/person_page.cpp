#include "errands/person_page.h"

#include <algorithm>
#include <map>

#include "care/alert_rows.h"
#include "monitoring/answer_rows.h"
#include "monitoring/what_helped.h"
#include "support/message.h"

namespace handrail::errands {

namespace {

constexpr std::size_t page_of = 60;
/// Of each kind of thing one more than a page holds: the one that says there are older ones.
constexpr int read_of_each = page_of + 1;
/// How far back events are drawn: a year, and the weeks before it that a treatment may have begun in.
constexpr std::chrono::hours drawn_back{24 * 400};

constexpr rows::Statement alerts_of{
    "person_page.alerts", "SELECT alert FROM alert WHERE organisation = $1 AND person = $2 AND raised_at < $3 "
                          "ORDER BY raised_at DESC LIMIT $4"};
constexpr rows::Statement last_look{
    "person_page.last_look", "SELECT MAX(at) FROM audit_entry WHERE organisation = $1 AND person = $2 AND account = $3 "
                             "AND deed = 'read.person'"};
constexpr rows::Statement latest_conversation{
    "person_page.conversation", "SELECT conversation FROM conversation WHERE organisation = $1 AND person = $2 "
                                "ORDER BY changed_at DESC LIMIT 1"};

std::string check_in_words(const Fields& body)
{
    std::string words;
    if (body.has("mood"))
        words = "Mood " + body.text("mood") + " of 5";
    if (body.has("sleep"))
        words += (words.empty() ? "S" : ", s") + std::string("leep ") + body.text("sleep") + " of 6";
    if (body.has("note"))
        words += (words.empty() ? "" : ". ") + std::string("“") + body.text("note") + "”";
    return words.empty() ? "A check-in" : words;
}

std::string questionnaire_words(const monitoring::KeptAnswer& answer)
{
    std::string words = answer.instrument;
    std::transform(words.begin(), words.end(), words.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (answer.kind == "questionnaire_part")
        return words + ", first answers";
    if (answer.body.text("status") != "ok")
        return words + ", some answers left open";
    for (const auto& score : answer.body.inner("score")) {
        auto value = score.text("value");
        value.erase(value.find_last_not_of('0') + 1);
        if (!value.empty() && value.back() == '.')
            value.pop_back();
        return words + ": " + value;
    }
    return words;
}

/// "1 of 6 steps in the way. Plan: video visits until January."
std::string review_words(const monitoring::CourseReview& review)
{
    int in_the_way = 0;
    int asked = 0;
    for (const auto& step : review.steps) {
        in_the_way += step.found == monitoring::StepFound::InTheWay ? 1 : 0;
        asked += step.found == monitoring::StepFound::NotAsked ? 0 : 1;
    }
    std::string words = "Looked for what is in the way: " + std::to_string(asked) + " of " +
                        std::to_string(review.steps.size()) + " questions asked, " + std::to_string(in_the_way) +
                        " in the way.";
    return review.plan.empty() ? words : words + " Plan: " + review.plan;
}

Result<PersonPage::Timeline> timeline_before(trust::Reading& reading, const trust::AccountDesk& accounts,
                                             PersonId person, std::optional<Instant> before,
                                             const std::vector<care::KeptFinding>& findings)
{
    std::vector<Event> events;
    std::map<RawId, const care::KeptFinding*> by_about;
    for (const auto& finding : findings)
        by_about[finding.about_id] = &finding;
    for (const auto& message : TRY(support::messages_of_person(reading, person, before, read_of_each))) {
        Event event{message.at, "message", message.text, std::nullopt, message.id, {}};
        if (message.author == support::Author::Person)
            event.urgency = message.urgency;
        else
            event.kind = message.author == support::Author::Human ? "message_human" : "message_ai";
        if (const auto found = by_about.find(message.id); found != by_about.end())
            event.marks = found->second->finding.evidence;
        events.push_back(std::move(event));
    }
    monitoring::DesignsRead designs(reading);
    for (const auto& answer : TRY(monitoring::answers_of(reading, person, {}, std::nullopt, before, read_of_each))) {
        const bool designed = answer.kind == monitoring::designed_kind;
        const bool check_in = designed || answer.kind == "check_in";
        auto words = designed   ? TRY(designed_words(answer, designs))
                     : check_in ? check_in_words(answer.body)
                                : questionnaire_words(answer);
        events.push_back(
            {answer.at, check_in ? "check_in" : "questionnaire", std::move(words), answer.urgency, answer.id, {}});
    }
    const auto until = before.value_or(from_stored(INT64_MAX));
    for (const auto& row : TRY(reading.rows(alerts_of, {person, until, read_of_each}))) {
        const auto alert = TRY(care::read_alert(reading, row[0].id<AlertId>(), true));
        events.push_back({alert.raised_at, "alert", alert.reason, alert.urgency, alert.id, {}});
        for (const auto& step : alert.path) {
            if (step.by.empty() || step.kind == "closed" || step.at >= until)
                continue;
            const auto who = staff_name(reading, accounts, step.by);
            events.push_back({step.at, "alert_step",
                              (who.empty() ? "" : who + ": ") + care::told(step),
                              std::nullopt, alert.id, {}});
        }
    }
    for (const auto& note : TRY(care::read_notes(reading, person, until, read_of_each))) {
        const auto who = staff_name(reading, accounts, note.by);
        events.push_back({note.at, "note", (who.empty() ? "" : who + ": ") + note.text, std::nullopt, {}, {}});
    }
    for (const auto& review : TRY(monitoring::read_course_reviews(reading, person, read_of_each))) {
        if (review.at >= until)
            continue;
        const auto who = staff_name(reading, accounts, review.by);
        events.push_back({review.at, "review", (who.empty() ? "" : who + ": ") + review_words(review), std::nullopt, {}, {}});
    }
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.at > b.at; });
    PersonPage::Timeline page;
    if (events.size() > page_of) {
        // What happened at one instant stays together: the next page begins before the last instant of this one.
        auto end = events.begin() + page_of;
        while (end != events.begin() && (end - 1)->at == end->at)
            --end;
        if (end == events.begin())
            end += page_of;
        events.erase(end, events.end());
        page.next = events.back().at;
    }
    page.events = std::move(events);
    return page;
}

std::vector<InPlace> in_place(const PersonCard& card)
{
    std::vector<InPlace> list;
    const auto add = [&](const char* what, const std::string& text, const char* otherwise) {
        list.push_back({what, text.empty() ? otherwise : text, text.empty()});
    };
    add("Clinician", card.clinician_name, "Nobody named");
    add("Safe contact", card.contact.phone, "No number known");
    add("Emergency contact",
        card.contact.emergency_contact
            ? card.contact.emergency_contact->name + ", " + card.contact.emergency_contact->relation
            : "",
        "Nobody named");
    add("Safety plan", card.plan ? "Shared with the team" : "", "None shared with the team");
    add("Address", card.contact.address, "Not known");
    add("Medicines", card.contact.medicines, "Not told");
    return list;
}

std::vector<PersonView::Offer> offers_of(const monitoring::NightJudge& judge, const PersonView& view, Instant now)
{
    std::vector<PersonView::Offer> out;
    for (auto& offer : judge.offers(view.course, now)) {
        std::string question;
        for (const auto& series : view.designed)
            if (series.form == offer.form && series.item == offer.item)
                question = series.question;
        out.push_back({std::move(offer), std::move(question)});
    }
    return out;
}

} // namespace

Result<PersonView> PersonPage::open(const Actor& actor, PersonId person) const
{
    PersonView view;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        view = {};
        TRY(reading.admit(person, trust::Scope::Words));
        view.head = TRY(read_head(reading, person));
        view.card = TRY(read_card(reading, accounts_, view.head));
        if (const auto alert = TRY(care::read_open_alert(reading, person))) {
            view.urgency = alert->urgency;
            view.open_alert = alert->id;
        }
        const auto conversation = TRY(reading.rows(latest_conversation, {rows::Value{person}}));
        if (!conversation.empty())
            view.conversation = conversation.front()[0].id<ConversationId>();
        const auto look = TRY(reading.rows(last_look, {person, actor.account()}));
        if (!look.empty() && !look.front()[0].null())
            view.looked_at = look.front()[0].instant();
        view.course = TRY(monitoring::read_course(reading, person));
        monitoring::DesignsRead designs(reading);
        view.designed = TRY(designed_series(view.course, designs));
        view.did = TRY(monitoring::read_did(reading, person, reading.now()));
        view.scales = TRY(monitoring::scale_names(view.course, designs, {}));
        if (judge_ != nullptr)
            view.offers = offers_of(*judge_, view, reading.now());
        view.known = TRY(monitoring::read_known_and_planned(reading, person));
        view.reviews = TRY(monitoring::read_course_reviews(reading, person, 3));
        view.events = TRY(chart_events(reading, accounts_, person, reading.now() - drawn_back));
        for (const auto& note : view.known)
            view.noted_by[note.by] = staff_name(reading, accounts_, note.by);
        view.quiet = TRY(care::quiet_rules_in_force(reading, person));
        for (const auto& each : view.quiet)
            view.noted_by[each.by] = staff_name(reading, accounts_, each.by);
        for (const auto& review : view.reviews)
            view.noted_by[review.by] = staff_name(reading, accounts_, review.by);
        view.findings = TRY(care::findings_of(reading, person, std::nullopt, 30));
        // However long ago: what nobody looked at stays, and stands above what came after it.
        for (const auto& entry : TRY(care::open_entries_of(reading, person))) {
            if (view.urgency == Urgency::Usual)
                view.urgency = Urgency::Soon;
            view.to_look_at.push_back({TRY(care::read_finding(reading, entry.finding)), entry.owner,
                                       staff_name(reading, accounts_, entry.owner)});
        }
        view.in_place = in_place(view.card);
        auto page = TRY(timeline_before(reading, accounts_, person, std::nullopt, view.findings));
        for (const auto& event : page.events)
            if (view.looked_at && event.at > *view.looked_at && event.kind != "message_ai" &&
                view.since_you_looked.size() < 12)
                view.since_you_looked.push_back(event);
        view.timeline = std::move(page.events);
        view.next = page.next;
        reading.note({"read.person", person, "person", person, {}, {}});
        return {};
    }));
    return view;
}

Result<PersonPage::Timeline> PersonPage::older(const Actor& actor, PersonId person, Instant before) const
{
    Timeline page;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        TRY(reading.admit(person, trust::Scope::Words));
        const auto findings = TRY(care::findings_of(reading, person, before, 60));
        page = TRY(timeline_before(reading, accounts_, person, before, findings));
        reading.note({"read.timeline", person, "person", person, {}, {}});
        return {};
    }));
    return page;
}

} // namespace handrail::errands
