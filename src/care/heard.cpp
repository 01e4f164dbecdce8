#include "care/heard.h"

#include "base/text.h"
#include "care/documents.h"
#include "care/findings.h"
#include "care/list_entries.h"
#include "care/local_clock.h"
#include "care/quiet_rules.h"

namespace handrail::care {

namespace {

constexpr rows::Statement select_state{
    "person.state", "SELECT team, state, language, country, age_band FROM person WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement update_heard{
    "person.heard", "UPDATE person SET last_heard_at = $2 WHERE organisation = $1 AND person = $3 AND "
                    "(last_heard_at IS NULL OR last_heard_at < $2)"};

bool not_for_others(const Block& block) { return block.kind == Block::Kind::Told || block.kind == Block::Kind::Question; }

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

Result<HelpSituation> Listening::situation(trust::Reading& reading, const Finding& finding, const PersonState& person) const
{
    HelpSituation here;
    here.language = person.language;
    here.country = person.country;
    here.age_band = person.age_band;
    here.alert_raised = raises_alert(finding.urgency);
    const auto service = TRY(service_.read(reading));
    here.staffed = staffed(service, reading.now()).now;
    here.told_at = local_time(service, reading.now());
    here.wait_minutes = static_cast<int>(
        std::chrono::duration_cast<std::chrono::minutes>(alerts_.time_to_answer(finding.urgency)).count());
    return here;
}

Result<Help> Listening::help_for_somebody_close(trust::Reading& reading, const Finding& finding, const PersonState& person,
                                                const std::string& language) const
{
    if (need(finding.urgency) < need(Urgency::Soon))
        return Help{};
    auto here = TRY(situation(reading, finding, person));
    here.language = language;
    here.age_band.clear(); // of the one who writes nothing is known
    auto heard = finding;
    if (heard.subject != Subject::Self)
        heard.subject = Subject::Other;
    auto help = help_.help(heard, here);
    // Whose team it is, and what became of an alert, is the person's own; a question has no place to be answered here.
    for (const auto& block : help.blocks)
        if (not_for_others(block) && !block.text.empty())
            if (const auto at = help.text.find(block.text); at != std::string::npos)
                help.text.erase(at, block.text.size());
    help.text = std::string(trimmed(help.text));
    std::erase_if(help.blocks, not_for_others);
    return help;
}

Result<void> Listening::list(trust::Writing& writing, const Heard& heard, FindingId finding) const
{
    if (const auto known = TRY(kept_off(writing, heard.person, heard.finding, heard.about)))
        return keep_off_list(writing, heard.person, finding, known->quiet, known->by);
    const auto service = TRY(service_.read(writing));
    const LocalClock clock{service.time_zone};
    const auto today = clock.day_of(writing.now());
    const DailyShare share{service.soon_people > 0 ? service.soon_people : alerts_.times().soon_people, clock.at(today, 0)};
    return put_on_list(writing, heard.person, finding, read_by(service, writing.now(), alerts_.times().soon_days),
                       TRY(give(writing, heard.person, share, today)));
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
        auto here = TRY(situation(writing, heard.finding, person));
        const auto standing = TRY(alerts_.open_alert(writing, heard.person));
        here.opened_before = standing && standing->acknowledged_at.has_value();
        here.has_safety_plan = TRY(read_safety_plan(writing, heard.person)).version > 0;
        followed.help = help_.help(heard.finding, here);
    }
    if (!alerts) {
        if (heard.finding.urgency == Urgency::Soon)
            TRY(list(writing, heard, followed.finding));
        return followed;
    }
    followed.alert = TRY(alerts_.raise(writing, {heard.person, followed.finding, heard.conversation,
                                                 heard.finding.urgency, heard.finding.category, heard.finding.why,
                                                 followed.help.text, followed.help.text_id, heard.person_waiting}));
    return followed;
}

} // namespace handrail::care
