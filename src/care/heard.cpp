#include "care/heard.h"

#include "care/documents.h"
#include "care/findings.h"

namespace handrail::care {

namespace {

constexpr rows::Statement select_state{
    "person.state", "SELECT team, state, language, country, age_band FROM person WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement update_heard{
    "person.heard", "UPDATE person SET last_heard_at = $2 WHERE organisation = $1 AND person = $3 AND "
                    "(last_heard_at IS NULL OR last_heard_at < $2)"};

} // namespace

Result<PersonState> read_person_state(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(reading.rows(select_state, {rows::Value{person}}));
    if (found.empty())
        return not_found("There is no such person.");
    const auto& row = found.front();
    return PersonState{row[0].id<TeamId>(), row[1].text(), row[2].text(), row[3].text(), row[4].text()};
}

Result<void> mark_heard(trust::Writing& writing, PersonId person, Instant at)
{
    TRY(writing.change(update_heard, {at, person}));
    return {};
}

Result<Followed> Listening::follow(trust::Writing& writing, const Heard& heard, const PersonState& person,
                                   const std::optional<Help>& told) const
{
    Followed followed;
    if (heard.finding.urgency == Urgency::Usual && heard.finding.evidence.empty())
        return followed;
    followed.finding = TRY(keep_finding(writing, heard.person, heard.about, heard.about_id, heard.finding, heard.id));
    const bool alerts = raises_alert(heard.finding.urgency);
    if (told) {
        followed.help = *told;
    } else if (need(heard.finding.urgency) >= need(Urgency::Soon)) {
        HelpSituation situation;
        situation.language = person.language;
        situation.country = person.country;
        situation.age_band = person.age_band;
        situation.alert_raised = alerts;
        const auto service = TRY(service_.read(writing));
        situation.staffed = staffed(service, writing.now()).now;
        const auto standing = TRY(alerts_.open_alert(writing, heard.person));
        situation.opened_before = standing && standing->acknowledged_at.has_value();
        situation.told_at = local_time(service, writing.now());
        situation.wait_minutes = static_cast<int>(
            std::chrono::duration_cast<std::chrono::minutes>(alerts_.time_to_answer(heard.finding.urgency)).count());
        situation.has_safety_plan = TRY(read_safety_plan(writing, heard.person)).version > 0;
        followed.help = help_.help(heard.finding, situation);
    }
    if (!alerts) {
        if (heard.finding.urgency == Urgency::Soon)
            writing.announce("caseload", {});
        return followed;
    }
    followed.alert = TRY(alerts_.raise(writing, {heard.person, followed.finding, heard.conversation,
                                                 heard.finding.urgency, heard.finding.category, heard.finding.why,
                                                 followed.help.text, followed.help.text_id, heard.person_waiting}));
    return followed;
}

} // namespace handrail::care
