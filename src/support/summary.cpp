#include "support/summary.h"

#include <algorithm>

#include "care/findings.h"
#include "support/conversation_rows.h"

namespace handrail::support {

namespace {

constexpr int most_heard = 20;

constexpr rows::Statement select_in_clear{
    "summary.conversation", "SELECT person, state, held_by, urgency, started_at FROM conversation "
                            "WHERE organisation = $1 AND conversation = $2"};
constexpr rows::Statement select_heard{
    "summary.heard", "SELECT at, urgency, category FROM finding WHERE organisation = $1 AND person = $2 AND at >= $3 "
                     "ORDER BY at DESC LIMIT $4"};

Result<void> hear_without_words(trust::Reading& reading, ConversationSummary& summary, Instant since)
{
    for (const auto& row : TRY(reading.rows(select_heard, {summary.person, since, most_heard})))
        summary.heard.push_back({row[0].instant(), urgency_from(row[1].text()).value_or(Urgency::Unknown),
                                 category_from(row[2].text()).value_or(Category::None), {}, {}});
    return {};
}

Result<void> hear(trust::Reading& reading, ConversationSummary& summary, Instant since)
{
    for (const auto& kept : TRY(care::findings_of(reading, summary.person, std::nullopt, most_heard)))
        if (kept.at >= since)
            summary.heard.push_back({kept.at, kept.finding.urgency, kept.finding.category, kept.finding.why,
                                     kept.finding.evidence});
    return {};
}

} // namespace

Result<ConversationSummary> ConversationDesk::summary(const Actor& actor, ConversationId id) const
{
    ConversationSummary summary;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        summary = {};
        const auto found = TRY(reading.rows(select_in_clear, {rows::Value{id}}));
        if (found.empty())
            return not_found("There is no such conversation.");
        const auto& row = found.front();
        summary.conversation = id;
        summary.person = row[0].id<PersonId>();
        TRY(reading.admit(summary.person, trust::Scope::Presence));
        if (!staff_reads(actor))
            return not_allowed("A summary is for the care team.");
        summary.state = state_in(row[1].text());
        summary.held_by = row[2].id<AccountId>();
        summary.urgency = urgency_from(row[3].text()).value_or(Urgency::Unknown);
        const auto since = row[4].instant();
        const auto person = TRY(care::read_person_state(reading, summary.person));
        summary.country = person.country;
        summary.language = person.language;
        summary.age_band = person.age_band;
        if (const auto timer = TRY(read_timer(reading, id))) {
            summary.due_at = timer->due_at;
            summary.asked_at = timer->asked_at;
        }
        summary.words = reading.admit(summary.person, trust::Scope::Words).ok();
        if (summary.words) {
            const auto held = TRY(read_one(reading, id));
            const auto& state = held.dialogue;
            if (held.conversation.state == ConversationState::Waiting)
                summary.asked_at = held.conversation.since;
            if (summary.country.empty())
                summary.country = state.region;
            TRY(hear(reading, summary, since));
            auto book = dialogue_.phrasebooks().find(state.language);
            if (book == dialogue_.phrasebooks().end())
                book = dialogue_.phrasebooks().find(std::string_view("en"));
            for (const auto& asked : state.asked)
                if (const auto* question = book->second.question(asked); question != nullptr && !question->wordings.empty())
                    summary.asked.push_back({question->wordings.front(), asked != state.pending});
            for (const auto& done : state.exercises_done) {
                const auto* exercise = book->second.exercise(done);
                const auto helped = state.helped.find(done);
                summary.tried.push_back({exercise == nullptr ? done : exercise->title,
                                         helped == state.helped.end() ? 0 : helped->second});
            }
        } else {
            TRY(hear_without_words(reading, summary, since));
        }
        const auto gravest = std::max_element(
            summary.heard.begin(), summary.heard.end(),
            [](const auto& a, const auto& b) { return need(a.urgency) < need(b.urgency); });
        if (gravest != summary.heard.end())
            summary.category = gravest->category;
        reading.note({"read.summary", summary.person, "conversation", id, {}, {}});
        return {};
    }));
    return summary;
}

} // namespace handrail::support
