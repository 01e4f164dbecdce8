#include "care/alert_watch.h"

namespace handrail::care {

namespace {

// The few rows with a timer are the alerts that are not closed; one about the service itself has no person.
constexpr rows::Statement standing{"alert.standing",
                                   "SELECT urgency, state, COUNT(*), COUNT(*) FILTER (WHERE step > 0 OR due_at <= $2), "
                                   "MIN(raised_at) FROM alert WHERE organisation = $1 AND due_at IS NOT NULL AND person <> $3 "
                                   "GROUP BY urgency, state"};
constexpr rows::Statement first_answers{
    "alert.first_answers",
    "SELECT a.urgency, s.at, a.raised_at FROM alert_step s "
    "JOIN alert a ON a.organisation = s.organisation AND a.alert = s.alert "
    "WHERE s.organisation = $1 AND s.kind = 'acknowledged' AND s.at >= $2 AND a.person <> $3 AND NOT EXISTS "
    "(SELECT 1 FROM alert_step f WHERE f.organisation = s.organisation AND f.alert = s.alert AND "
    "f.kind = 'acknowledged' AND f.at < s.at)"};
constexpr rows::Statement acknowledged{
    "alert_step.acknowledged",
    "SELECT 1 FROM alert_step WHERE organisation = $1 AND alert = $2 AND kind = 'acknowledged' LIMIT 1"};

Urgency urgency_in(const rows::Value& value)
{
    return urgency_from(value.text()).value_or(Urgency::Unknown);
}

} // namespace

Result<std::vector<StandingAlerts>> standing_alerts(trust::Record& record, const Actor& system)
{
    std::vector<StandingAlerts> all;
    TRY(record.read(system, [&](trust::Reading& reading) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(reading.rows(standing, {reading.now(), PersonId{}})))
            all.push_back({urgency_in(row[0]), alert_state_from(row[1].text()).value_or(AlertState::Open),
                           row[2].number(), row[3].number(), row[4].instant()});
        return {};
    }));
    return all;
}

Result<std::vector<FirstAnswer>> first_answers_since(trust::Record& record, const Actor& system, Instant since)
{
    std::vector<FirstAnswer> all;
    TRY(record.read(system, [&](trust::Reading& reading) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(reading.rows(first_answers, {rows::Value{since}, rows::Value{PersonId{}}})))
            all.push_back({urgency_in(row[0]), row[1].instant(), row[1].instant() - row[2].instant()});
        return {};
    }));
    return all;
}

Measure AnswerTimes::measure() const
{
    return {"handrail_alert_acknowledged_seconds",
            "Time from the raising of an alert to its first acknowledgement.",
            Measure::Kind::Histogram,
            {{{{"urgency", "now"}}, 0, now_.read()},
             {{{"urgency", "today"}}, 0, today_.read()},
             {{{"urgency", "unknown"}}, 0, unknown_.read()}}};
}

Result<bool> was_acknowledged(trust::Reading& reading, AlertId alert)
{
    return !TRY(reading.rows(acknowledged, {rows::Value{alert}})).empty();
}

} // namespace handrail::care
