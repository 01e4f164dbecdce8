#include "errands/chart_events.h"

#include <algorithm>
#include <map>

#include "care/alert_rows.h"
#include "care/documents.h"
#include "errands/person_card.h"
#include "monitoring/course_notes.h"

namespace handrail::errands {

namespace {

constexpr int most = 200;
const Instant ever = from_stored(INT64_MAX);

constexpr rows::Statement alerts_since{
    "chart_events.alerts", "SELECT alert FROM alert WHERE organisation = $1 AND person = $2 AND raised_at >= $3 "
                           "ORDER BY raised_at DESC LIMIT $4"};

ChartEvent::Kind kind_of(monitoring::Happened happened)
{
    switch (happened) {
    case monitoring::Happened::Medicine: return ChartEvent::Kind::Medicine;
    case monitoring::Happened::Appointment: return ChartEvent::Kind::Appointment;
    case monitoring::Happened::Life: break;
    }
    return ChartEvent::Kind::Life;
}

std::string words_of(const monitoring::Treatment& treatment)
{
    if (treatment.psychological && treatment.medication)
        return "Psychological treatment, with a medicine";
    return treatment.medication ? "Treatment with a medicine" : "Psychological treatment";
}

/// Reads what several nouns know and gives it as one list.
class Gathering {
public:
    Gathering(trust::Reading& reading, const trust::AccountDesk& accounts, PersonId person, Instant since)
        : reading_(reading), accounts_(accounts), person_(person), since_(since)
    {
    }

    Result<std::vector<ChartEvent>> all()
    {
        TRY(alerts());
        TRY(treatments());
        for (const auto& event : TRY(monitoring::read_course_events(reading_, person_)))
            add({Instant{event.on}, kind_of(event.kind), event.text, std::nullopt, who(event.by), event.number, event.missed});
        for (const auto& note : TRY(monitoring::read_known_and_planned(reading_, person_)))
            add({note.at, ChartEvent::Kind::Known, note.text, std::nullopt, who(note.by)});
        for (const auto& review : TRY(monitoring::read_course_reviews(reading_, person_, most)))
            add({review.at, ChartEvent::Kind::Review, review.plan, std::nullopt, who(review.by)});
        for (const auto& note : TRY(care::read_notes(reading_, person_, ever, most)))
            add({note.at, ChartEvent::Kind::Note, note.text, std::nullopt, who(note.by)});
        std::stable_sort(events_.begin(), events_.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        return std::move(events_);
    }

private:
    void add(ChartEvent event)
    {
        if (event.at >= since_)
            events_.push_back(std::move(event));
    }

    const std::string& who(AccountId account)
    {
        auto found = names_.find(account);
        if (found == names_.end())
            found = names_.emplace(account, staff_name(reading_, accounts_, account)).first;
        return found->second;
    }

    /// When it was raised, and when a named human said how it ended.
    Result<void> alerts()
    {
        for (const auto& row : TRY(reading_.rows(alerts_since, {person_, since_, most}))) {
            const auto alert = TRY(care::read_alert(reading_, row[0].id<AlertId>(), true));
            add({alert.raised_at, ChartEvent::Kind::Alert, alert.reason, alert.urgency, {}});
            for (const auto& step : alert.path)
                if (step.kind == "outcome_reached")
                    add({step.at, ChartEvent::Kind::Contact, step.text.empty() ? step.named : step.text, std::nullopt, who(step.by)});
        }
        return {};
    }

    Result<void> treatments()
    {
        for (const auto& episode : TRY(monitoring::read_treatments(reading_, person_))) {
            add({Instant{episode.treatment.started_on}, ChartEvent::Kind::TreatmentBegun, words_of(episode.treatment),
                 std::nullopt, who(episode.by)});
            if (episode.ended_at)
                add({*episode.ended_at, ChartEvent::Kind::TreatmentEnded, words_of(episode.treatment), std::nullopt, {}});
        }
        return {};
    }

    trust::Reading& reading_;
    const trust::AccountDesk& accounts_;
    PersonId person_;
    Instant since_;
    std::map<AccountId, std::string> names_;
    std::vector<ChartEvent> events_;
};

} // namespace

std::string_view name(ChartEvent::Kind kind)
{
    switch (kind) {
    case ChartEvent::Kind::Alert: return "alert";
    case ChartEvent::Kind::Contact: return "contact";
    case ChartEvent::Kind::Note: return "note";
    case ChartEvent::Kind::TreatmentBegun: return "treatment_begun";
    case ChartEvent::Kind::TreatmentEnded: return "treatment_ended";
    case ChartEvent::Kind::Life: return "life";
    case ChartEvent::Kind::Medicine: return "medicine";
    case ChartEvent::Kind::Appointment: return "appointment";
    case ChartEvent::Kind::Known: return "known_and_planned";
    case ChartEvent::Kind::Review: return "review";
    }
    return "note";
}

Result<std::vector<ChartEvent>> chart_events(trust::Reading& reading, const trust::AccountDesk& accounts, PersonId person,
                                             Instant since)
{
    return Gathering(reading, accounts, person, since).all();
}

} // namespace handrail::errands
