#include "errands/caseload.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "care/alert_rows.h"
#include "care/findings.h"
#include "care/list_entries.h"
#include "errands/person_card.h"
#include "errands/since_looked.h"
#include "monitoring/answer_rows.h"
#include "monitoring/first_assessment_rows.h"
#include "trust/person_profile.h"

namespace handrail::errands {

namespace {

using std::chrono::hours;

constexpr rows::Statement people_of_teams{
    "caseload.people",
    "SELECT p.person, p.clinician, p.age_band, p.sealed_profile, p.last_heard_at, p.created_at FROM person p "
    "JOIN team_member m ON m.organisation = p.organisation AND m.team = p.team "
    "WHERE p.organisation = $1 AND m.account = $2"};
// One look for a whole team: a list of thousands asks for each person's block otherwise.
constexpr rows::Statement courses_of_teams{
    "caseload.courses",
    "SELECT c.person, c.sealed_body FROM person p "
    "JOIN team_member m ON m.organisation = p.organisation AND m.team = p.team "
    "JOIN course c ON c.organisation = p.organisation AND c.person = p.person "
    "WHERE p.organisation = $1 AND m.account = $2"};
constexpr rows::Statement people_gone_up{
    "caseload.gone_up",
    "SELECT DISTINCT p.person, p.clinician, p.age_band, p.sealed_profile, p.last_heard_at, p.created_at FROM person p "
    "JOIN alert a ON a.organisation = p.organisation AND a.person = p.person "
    "WHERE p.organisation = $1 AND a.state <> 'closed' AND (a.step >= 1 OR EXISTS (SELECT 1 FROM delivery d WHERE "
    "d.organisation = a.organisation AND d.alert = a.alert AND d.account = $2))"};
constexpr rows::Statement open_alerts{
    "caseload.alerts", "SELECT alert, person FROM alert WHERE organisation = $1 AND state <> 'closed'"};
constexpr rows::Statement looked{
    "caseload.looked",
    "SELECT person, MAX(at) FROM audit_entry WHERE organisation = $1 AND account = $2 AND person IS NOT NULL "
    "AND deed IN ('read.person', 'read.alert', 'read.conversation', 'acknowledge.alert') GROUP BY person"};
constexpr rows::Statement teams_of{
    "caseload.teams", "SELECT t.team, t.sealed_name FROM team t JOIN team_member m ON m.organisation = t.organisation "
                      "AND m.team = t.team WHERE t.organisation = $1 AND m.account = $2 ORDER BY t.created_at"};
constexpr rows::Statement alerts_since{
    "caseload.report", "SELECT alert, person, urgency, raised_at FROM alert "
                       "WHERE organisation = $1 AND raised_at >= $2 ORDER BY raised_at"};
constexpr rows::Statement open_now{
    "caseload.open_now", "SELECT alert, person, urgency, state, raised_at, due_at, step, told FROM alert "
                         "WHERE organisation = $1 AND state <> 'closed'"};
constexpr rows::Statement first_acknowledged{
    "caseload.first_acknowledged", "SELECT alert, MIN(at) FROM alert_step WHERE organisation = $1 AND "
                                   "kind = 'acknowledged' AND at >= $2 GROUP BY alert"};
constexpr rows::Statement went_up{
    "caseload.went_up", "SELECT DISTINCT alert FROM alert_step WHERE organisation = $1 AND kind = 'escalated' AND "
                        "at >= $2"};

std::vector<SparkPoint> spark_of(const monitoring::Course& course, Instant now)
{
    constexpr int days = 28;
    std::vector<SparkPoint> spark;
    for (int day = 1 - days; day <= 0; ++day)
        spark.push_back({day, std::nullopt});
    for (const auto& answer : course.answers()) {
        const auto ago = std::chrono::duration_cast<hours>(now - answer.at).count() / 24;
        if (answer.mood > 0 && ago >= 0 && ago < days)
            spark[static_cast<std::size_t>(days - 1 - ago)].value = answer.mood;
    }
    return spark;
}

std::string quiet_reason(std::optional<Instant> heard, Instant now)
{
    if (!heard)
        return "Nothing yet";
    const auto days = std::chrono::duration_cast<hours>(now - *heard).count() / 24;
    if (days >= 6)
        return "No word for " + std::to_string(days) + " days";
    return {};
}

/// The middle of the waits, and the one that nine of ten are not longer than.
std::optional<std::int64_t> nearest_rank(const std::vector<std::int64_t>& sorted, std::size_t of_hundred)
{
    if (sorted.empty())
        return std::nullopt;
    return sorted[(sorted.size() * of_hundred + 99) / 100 - 1];
}

/// The sentence stands beside what else is there: the page waits for a human whatever else does.
void add_unread(CaseRow& row, const monitoring::UnreadAssessment& unread, Instant now)
{
    const auto by = to_rfc3339(unread.due_at).substr(0, 10);
    const auto sentence = unread.due_at > now ? "First assessment to read by " + by + "."
                                              : "First assessment not read; it was due on " + by + ".";
    row.reason += (row.reason.empty() ? "" : " ") + sentence;
    if (row.urgency != Urgency::Usual)
        return;
    row.urgency = Urgency::Soon;
    row.reason = sentence;
    row.since = unread.sent_at;
    row.who = unread.reader;
}

std::map<PersonId, CaseRow::ToLookAt> waiting_in(const std::vector<care::ListEntry>& entries)
{
    std::map<PersonId, CaseRow::ToLookAt> waiting;
    for (const auto& each : entries) {
        auto& of_person = waiting[each.person];
        if (of_person.findings.empty())
            of_person = {{}, each.made_at, each.due_at, each.owner};
        of_person.findings.push_back(each.finding);
        of_person.since = std::min(of_person.since, each.made_at);
    }
    return waiting;
}

/// Of what waits longest; how long, once that is too long, comes before what it is.
std::string reason_to_look(trust::Reading& reading, const CaseRow::ToLookAt& waits, Instant now)
{
    std::string reason;
    if (waits.due_at <= now)
        reason = "Waiting since " + to_rfc3339(waits.since).substr(0, 10) + ", nobody has looked. ";
    const auto why = care::read_finding(reading, waits.findings.front());
    reason += why.ok() ? why->finding.why : "Something to look at by " + to_rfc3339(waits.due_at).substr(0, 10) + ".";
    if (const auto more = waits.findings.size() - 1; more > 0)
        reason += " And " + std::to_string(more) + " more.";
    return reason;
}

std::string doing_of(const care::Alert& alert)
{
    switch (alert.state) {
    case care::AlertState::Acknowledged:
        return "Has it";
    case care::AlertState::SecondWanted:
        return "Waits for a second person";
    default:
        return alert.told.empty() ? "" : "Asked to take it";
    }
}

/// Blocks of the people of somebody's teams, still sealed.
using SealedCourses = std::map<PersonId, rows::Blob>;

Result<SealedCourses> sealed_courses(trust::Reading& reading)
{
    SealedCourses out;
    for (const auto& row : TRY(reading.rows(courses_of_teams, {rows::Value{reading.actor().account()}})))
        out.emplace(row[0].id<PersonId>(), row[1].blob());
    return out;
}

Result<monitoring::Course> course_in(trust::Reading& reading, PersonId person, const SealedCourses& sealed)
{
    const auto found = sealed.find(person);
    if (found == sealed.end())
        return monitoring::Course{};
    const auto words = TRY(reading.open(person, {"course", "body", person}, found->second));
    return monitoring::Course::decoded(words.reveal());
}

} // namespace

Result<CaseGroups> Caseload::list(const Actor& actor, Of whose) const
{
    CaseGroups groups;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        groups = {};
        const Instant now = reading.now();
        for (const auto& row : TRY(reading.rows(teams_of, {rows::Value{actor.account()}}))) {
            const auto words = TRY(reading.open({"team", "name", row[0].raw_id()}, row[1].blob()));
            groups.team_name += (groups.team_name.empty() ? "" : ", ") + words.reveal();
            groups.team = row[0].id<TeamId>();
        }
        std::map<PersonId, AlertId> alerts;
        for (const auto& row : TRY(reading.rows(open_alerts, {}))) {
            const auto person = row[1].id<PersonId>();
            if (!person.empty()) {
                alerts[person] = row[0].id<AlertId>();
                continue;
            }
            auto page = care::read_alert(reading, row[0].id<AlertId>(), false);
            const bool answers_for_it = actor.role() == Role::Lead || actor.role() == Role::Administrator;
            if (page.ok() && (page->told == actor.account() || (page->service && answers_for_it)))
                groups.test_pages.push_back(*page);
        }
        const auto to_look_at = waiting_in(TRY(care::open_entries(reading, actor.account())));
        std::map<PersonId, monitoring::UnreadAssessment> unread;
        for (const auto& each : TRY(monitoring::unread_assessments(reading, actor.account())))
            unread.emplace(each.person, each);
        std::map<PersonId, Instant> seen;
        for (const auto& row : TRY(reading.rows(looked, {rows::Value{actor.account()}})))
            seen[row[0].id<PersonId>()] = row[1].instant();
        std::map<AccountId, std::string> names;
        const auto name_of = [&](AccountId account) -> const std::string& {
            auto found = names.find(account);
            if (found == names.end())
                found = names.emplace(account, staff_name(reading, accounts_, account)).first;
            return found->second;
        };
        trust::Deed deed{"read.caseload", std::nullopt, "person", {}, {}, {}};
        const bool lead = actor.role() == Role::Lead;
        const bool whole_team = !lead && whose == Of::Team;
        const auto courses = whole_team ? TRY(sealed_courses(reading)) : SealedCourses{};
        // Those whose alert went up, or for whom the lead was called at once because nobody was on duty.
        const auto people = TRY(reading.rows(lead ? people_gone_up : people_of_teams, {rows::Value{actor.account()}}));
        for (const auto& row : people) {
            CaseRow one;
            one.person = row[0].id<PersonId>();
            const auto clinician = row[1].id<AccountId>();
            const auto alert = alerts.find(one.person);
            if (alert != alerts.end())
                one.alert = TRY(care::read_alert(reading, alert->second, false));
            if (const auto waits = to_look_at.find(one.person); waits != to_look_at.end())
                one.to_look_at = waits->second;
            const bool to_look = one.to_look_at && one.to_look_at->owner == actor.account();
            const auto assessment = unread.find(one.person);
            const bool to_read = assessment != unread.end() && assessment->second.reader == actor.account();
            if (whose == Of::Mine && !lead && clinician != actor.account() && !to_read && !to_look &&
                !(one.alert && (one.alert->acknowledged_by == actor.account() || one.alert->told == actor.account())))
                continue;
            one.age_band = row[2].text();
            const auto profile = trust::open_person_profile(reading, one.person, row[3].blob());
            if (!profile.ok())
                continue; // erased between two reads
            one.name = profile->text("display_name");
            if (one.name.empty())
                one.name = no_name;
            if (!row[4].null())
                one.heard_at = row[4].instant();
            if (one.alert) {
                one.urgency = one.alert->urgency;
                one.reason = one.alert->reason;
                one.who = one.alert->acknowledged_by.empty() ? one.alert->told : one.alert->acknowledged_by;
                one.doing = doing_of(*one.alert);
            } else if (one.to_look_at) {
                one.urgency = Urgency::Soon;
                one.reason = reason_to_look(reading, *one.to_look_at, now);
                one.since = one.to_look_at->since;
                one.who = one.to_look_at->owner;
            } else {
                one.reason = quiet_reason(one.heard_at, now);
                if (!one.reason.empty())
                    one.since = one.heard_at;
                one.who = clinician;
            }
            if (assessment != unread.end())
                add_unread(one, assessment->second, now);
            if (!one.who.empty())
                one.who_name = name_of(one.who);
            const auto last_look = seen.find(one.person);
            one.is_new = one.heard_at && one.urgency != Urgency::Usual &&
                         (last_look == seen.end() || last_look->second < *one.heard_at);
            // Without consent to staff reading the course stays shut: a person without a picture, not one left out.
            const auto course = whole_team ? course_in(reading, one.person, courses)
                                           : monitoring::read_course(reading, one.person);
            one.spark = spark_of(course.ok() ? *course : monitoring::Course{}, now);
            if (last_look != seen.end()) {
                one.looked_at = last_look->second;
                if (course.ok())
                    one.changed = changed_since(*course, last_look->second, now);
            }
            deed.listed.push_back(one.person);
            groups.rows.push_back(std::move(one));
        }
        groups.people = static_cast<std::int64_t>(people.size());
        std::stable_sort(groups.rows.begin(), groups.rows.end(), [](const CaseRow& a, const CaseRow& b) {
            if (need(a.urgency) != need(b.urgency))
                return need(a.urgency) > need(b.urgency);
            if (a.alert && b.alert)
                return a.alert->raised_at < b.alert->raised_at;
            // Those with a reason come first, what waits longest before what waits less; the others by name.
            if (a.since.has_value() != b.since.has_value())
                return a.since.has_value();
            if (a.since && *a.since != *b.since)
                return *a.since < *b.since;
            return a.name < b.name;
        });
        reading.note(std::move(deed));
        return {};
    }));
    return groups;
}

Result<std::vector<CaseRow>> Caseload::search(const Actor& actor, const std::string& text) const
{
    auto groups = TRY(list(actor, Of::Team));
    const auto wanted = lower_ascii(trimmed(text));
    std::erase_if(groups.rows, [&](const CaseRow& row) {
        return !wanted.empty() && lower_ascii(row.name).find(wanted) == std::string::npos;
    });
    std::sort(groups.rows.begin(), groups.rows.end(),
              [](const CaseRow& a, const CaseRow& b) { return a.name < b.name; });
    return groups.rows;
}

Result<AlertReport> Caseload::report(const Actor& lead) const
{
    AlertReport report;
    TRY(record_.read(lead, [&](trust::Reading& reading) -> Result<void> {
        report = {};
        const auto since = reading.now() - hours{24 * report.days};
        std::map<AlertId, Instant> acknowledged;
        for (const auto& row : TRY(reading.rows(first_acknowledged, {rows::Value{since}})))
            acknowledged[row[0].id<AlertId>()] = row[1].instant();
        std::map<AlertId, bool> escalated;
        for (const auto& row : TRY(reading.rows(went_up, {rows::Value{since}})))
            escalated[row[0].id<AlertId>()] = true;
        constexpr Urgency order[] = {Urgency::Now, Urgency::Today, Urgency::Unknown};
        for (const auto urgency : order)
            report.levels.push_back({urgency, 0, 0, 0, {}, {}, {}});
        std::vector<std::int64_t> waits;
        for (const auto& row : TRY(reading.rows(alerts_since, {rows::Value{since}}))) {
            if (row[1].id<PersonId>().empty())
                continue; // a test page, or one about the service itself
            const auto id = row[0].id<AlertId>();
            const auto urgency = urgency_from(row[2].text()).value_or(Urgency::Unknown);
            const auto level = std::find_if(report.levels.begin(), report.levels.end(),
                                            [&](const auto& each) { return each.urgency == urgency; });
            const bool kept = level != report.levels.end();
            ++report.raised;
            report.escalated += escalated.contains(id) ? 1 : 0;
            if (kept)
                ++level->raised;
            const auto found = acknowledged.find(id);
            if (found == acknowledged.end())
                continue;
            const auto wait = std::chrono::duration_cast<std::chrono::seconds>(found->second - row[3].instant()).count();
            ++report.acknowledged;
            report.in_time += escalated.contains(id) ? 0 : 1;
            waits.push_back(wait);
            if (!kept)
                continue;
            ++level->acknowledged;
            level->in_time += escalated.contains(id) ? 0 : 1;
            level->waits.push_back(wait);
        }
        std::sort(waits.begin(), waits.end());
        report.median_seconds = nearest_rank(waits, 50);
        report.ninetieth_seconds = nearest_rank(waits, 90);
        for (auto& level : report.levels) {
            std::sort(level.waits.begin(), level.waits.end());
            level.median_seconds = nearest_rank(level.waits, 50);
            level.ninetieth_seconds = nearest_rank(level.waits, 90);
        }
        for (const auto& row : TRY(reading.rows(open_now, {}))) {
            if (row[1].id<PersonId>().empty() && !row[7].null())
                continue; // a test page; one about the service itself is for nobody by name
            const auto state = care::alert_state_from(row[3].text()).value_or(care::AlertState::Open);
            report.unanswered += state == care::AlertState::Open ? 1 : 0;
            report.open.push_back({row[0].id<AlertId>(), urgency_from(row[2].text()).value_or(Urgency::Unknown),
                                   row[4].instant(), row[5].null() ? std::nullopt : std::optional{row[5].instant()},
                                   static_cast<int>(row[6].number()), state});
        }
        std::sort(report.open.begin(), report.open.end(),
                  [](const auto& a, const auto& b) { return a.raised_at < b.raised_at; });
        reading.note({"read.service_report", std::nullopt, "alert", {}, {}, {}});
        return {};
    }));
    return report;
}

} // namespace handrail::errands
