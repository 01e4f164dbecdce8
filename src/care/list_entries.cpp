#include "care/list_entries.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "care/overdue.h"

namespace handrail::care {

namespace {

constexpr std::size_t longest_words = 4000;
constexpr std::size_t most_at_once = 200;

constexpr rows::Statement insert{
    "list_entry.insert", "INSERT INTO list_entry (organisation, finding, person, made_at, due_at, owner, given_to, beyond) "
                         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"};
constexpr rows::Statement insert_known{
    "list_entry.insert_known", "INSERT INTO list_entry (organisation, finding, person, made_at, looked, looked_at, looked_by, quiet) "
                               "VALUES ($1, $2, $3, $4, $5, $4, $6, $7) ON CONFLICT DO NOTHING"};
constexpr rows::Statement take_off_known{
    "list_entry.take_off_known",
    "UPDATE list_entry SET due_at = NULL, looked = $2, looked_at = $3, looked_by = $4, quiet = $5 "
    "WHERE organisation = $1 AND finding = $6 AND person = $7 AND due_at IS NOT NULL"};
// Its time begins anew: nobody was to look while it was quiet.
constexpr rows::Statement put_back{
    "list_entry.put_back",
    "UPDATE list_entry SET due_at = $2, looked = NULL, looked_at = NULL, looked_by = NULL, quiet = NULL, told_at = NULL "
    "WHERE organisation = $1 AND person = $3 AND quiet = $4 AND due_at IS NULL"};
constexpr rows::Statement remove_open{
    "list_entry.withdraw", "DELETE FROM list_entry WHERE organisation = $1 AND finding = $2 AND "
                          "(due_at IS NOT NULL OR quiet IS NOT NULL)"};

constexpr rows::Statement select_open{
    "list_entry.open",
    "SELECT e.finding, e.person, p.team, p.clinician, e.owner, e.made_at, e.due_at, e.told_at, e.beyond, e.beyond_told_at FROM list_entry e "
    "JOIN person p ON p.organisation = e.organisation AND p.person = e.person "
    "WHERE e.organisation = $1 AND e.due_at IS NOT NULL ORDER BY e.due_at, e.finding"};
constexpr rows::Statement select_open_of_teams{
    "list_entry.open_of_teams",
    "SELECT e.finding, e.person, p.team, p.clinician, e.owner, e.made_at, e.due_at, e.told_at, e.beyond, e.beyond_told_at FROM list_entry e "
    "JOIN person p ON p.organisation = e.organisation AND p.person = e.person "
    "JOIN team_member t ON t.organisation = p.organisation AND t.team = p.team "
    "WHERE e.organisation = $1 AND t.account = $2 AND e.due_at IS NOT NULL ORDER BY e.due_at, e.finding"};
constexpr rows::Statement select_open_of_person{
    "list_entry.open_of_person",
    "SELECT e.finding, e.person, p.team, p.clinician, e.owner, e.made_at, e.due_at, e.told_at, e.beyond, e.beyond_told_at FROM list_entry e "
    "JOIN person p ON p.organisation = e.organisation AND p.person = e.person "
    "WHERE e.organisation = $1 AND e.person = $2 AND e.due_at IS NOT NULL ORDER BY e.due_at, e.finding"};
constexpr rows::Statement update_owner{
    "list_entry.name_owner",
    "UPDATE list_entry SET owner = $2, given_to = $2 WHERE organisation = $1 AND person = $3 AND due_at IS NOT NULL"};
constexpr rows::Statement select_team{"list_entry.team",
                                      "SELECT team FROM person WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement select_one{
    "list_entry.read", "SELECT due_at, looked_by FROM list_entry WHERE organisation = $1 AND finding = $2 AND person = $3"};
constexpr rows::Statement select_rules{
    "list_entry.rules", "SELECT e.finding, f.rule FROM list_entry e JOIN finding f ON f.organisation = e.organisation "
                        "AND f.finding = e.finding WHERE e.organisation = $1 AND e.person = $2 AND e.due_at IS NOT NULL"};
// Only while nobody has: of two who record at once one is told of the other.
constexpr rows::Statement take_off{
    "list_entry.take_off",
    "UPDATE list_entry SET due_at = NULL, looked = $2, looked_at = $3, looked_by = $4, sealed_body = $5 "
    "WHERE organisation = $1 AND finding = $6 AND person = $7 AND due_at IS NOT NULL"};
constexpr rows::Statement update_told{
    "list_entry.told", "UPDATE list_entry SET told_at = $2 WHERE organisation = $1 AND finding = $3 AND "
                       "due_at IS NOT NULL AND told_at IS NULL"};

constexpr rows::Statement update_beyond_told{
    "list_entry.beyond_told", "UPDATE list_entry SET beyond_told_at = $2 WHERE organisation = $1 AND finding = $3 AND "
                              "due_at IS NOT NULL AND beyond_told_at IS NULL"};

trust::Place place_of(FindingId finding) { return {"list_entry", "body", finding}; }

Result<std::vector<ListEntry>> entries_in(trust::Reading& reading, const rows::Rows& found)
{
    std::vector<ListEntry> all;
    if (found.empty())
        return all;
    const auto owners = TRY(Owners::read(reading));
    for (const auto& row : found) {
        const auto team = row[2].id<TeamId>();
        const auto beyond = beyond_from(row[8].text());
        const auto told = [&](std::size_t column) { return row[column].null() ? std::nullopt : std::optional{row[column].instant()}; };
        all.push_back({row[0].id<FindingId>(), row[1].id<PersonId>(), team, row[5].instant(), row[6].instant(), told(7),
                       owners.of(team, row[4].id<AccountId>(), row[3].id<AccountId>(), beyond), beyond, told(9)});
    }
    return all;
}

Result<bool> take_one_off(trust::Writing& writing, PersonId person, FindingId finding, Looked how, const std::string& words)
{
    const rows::Value sealed =
        words.empty() ? rows::Value{} : rows::Value{TRY(writing.seal(person, place_of(finding), Confidential{words}))};
    return TRY(writing.change(take_off, {name(how), writing.now(), writing.actor().account(), sealed, finding, person})) == 1;
}

Result<void> may_act(const Actor& actor)
{
    if (actor.role() == Role::Clinician || actor.role() == Role::Lead)
        return {};
    return not_allowed("Clinicians and leads look at what is for soon.");
}

constexpr std::string_view names[] = {"talked", "arranged", "known", "mistaken", "nothing", "reviewed", "quiet"};

} // namespace

std::string_view name(Looked looked) { return names[static_cast<std::size_t>(looked)]; }

std::optional<Looked> looked_from(std::string_view text)
{
    for (std::size_t i = 0; i < std::size(names); ++i)
        if (names[i] == text)
            return static_cast<Looked>(i);
    return std::nullopt;
}

Result<void> put_on_list(trust::Writing& writing, PersonId person, FindingId finding, Instant due_at, const Given& given)
{
    const auto id_or_null = [](AccountId account) { return account.empty() ? rows::Value{} : rows::Value{account}; };
    const rows::Value beyond = given.beyond == Beyond::No ? rows::Value{} : rows::Value{name(given.beyond)};
    TRY(writing.change(insert, {finding, person, writing.now(), due_at, id_or_null(given.named), id_or_null(given.to), beyond}));
    writing.announce("caseload", {});
    return {};
}

Result<void> keep_off_list(trust::Writing& writing, PersonId person, FindingId finding, QuietRuleId quiet, AccountId by)
{
    TRY(writing.change(insert_known, {finding, person, writing.now(), name(Looked::Quiet), by, quiet}));
    return {};
}

Result<void> take_off_as_known(trust::Writing& writing, PersonId person, FindingId finding, QuietRuleId quiet)
{
    TRY(writing.change(take_off_known,
                       {name(Looked::Quiet), writing.now(), writing.actor().account(), quiet, finding, person}));
    return {};
}

Result<void> put_back_on_list(trust::Writing& writing, PersonId person, QuietRuleId quiet, Instant due_at)
{
    TRY(writing.change(put_back, {due_at, person, quiet}));
    return {};
}

Result<void> withdraw_from_list(trust::Writing& writing, FindingId finding)
{
    TRY(writing.change(remove_open, {rows::Value{finding}}));
    return {};
}

Result<std::vector<ListEntry>> open_entries(trust::Reading& reading)
{
    return entries_in(reading, TRY(reading.rows(select_open, {})));
}

Result<std::vector<ListEntry>> open_entries(trust::Reading& reading, AccountId of_team_member)
{
    return entries_in(reading, TRY(reading.rows(select_open_of_teams, {rows::Value{of_team_member}})));
}

Result<std::vector<ListEntry>> open_entries_of(trust::Reading& reading, PersonId person)
{
    return entries_in(reading, TRY(reading.rows(select_open_of_person, {rows::Value{person}})));
}

Result<LookedAt> looked_in(trust::Reading& reading, PersonId person, FindingId finding, rows::Values columns)
{
    LookedAt looked{finding, columns[0].instant(), looked_from(columns[2].text()).value_or(Looked::Nothing), {},
                    columns[3].instant(), columns[4].id<AccountId>()};
    if (!columns[5].null())
        looked.words = TRY(reading.open(person, place_of(finding), columns[5].blob())).reveal();
    return looked;
}

Result<int> take_off_by_rule(trust::Writing& writing, PersonId person, const std::vector<std::string>& rules, Looked how)
{
    int off = 0;
    for (const auto& row : TRY(writing.rows(select_rules, {rows::Value{person}}))) {
        const auto& rule = row[1].text();
        const bool rests = std::any_of(rules.begin(), rules.end(), [&](const auto& each) { return rule.starts_with(each); });
        if (rests && TRY(take_one_off(writing, person, row[0].id<FindingId>(), how, {})))
            ++off;
    }
    if (off > 0)
        writing.announce("caseload", {});
    return off;
}

Result<void> ListDesk::record_looked(const Actor& actor, PersonId person, const Record& given) const
{
    const auto words = std::string(trimmed(given.words));
    if (given.how == Looked::Quiet)
        return invalid("What is known is written down with the day until which it is.", "/looked");
    if (given.how == Looked::Reviewed)
        return invalid("A review is recorded with what was gone through.", "/looked");
    if (given.how == Looked::Nothing && words.empty())
        return invalid("Write why there is nothing to do.", "/words");
    if (words.size() > longest_words)
        return invalid("This is too long.", "/words");
    if (given.findings.empty() || given.findings.size() > most_at_once)
        return invalid("Say what you looked at.", "/findings");
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(may_act(actor));
        TRY(writing.admit(person, trust::Scope::Presence));
        bool there = false;
        for (const auto finding : given.findings) {
            if (TRY(take_one_off(writing, person, finding, given.how, words))) {
                there = true;
                writing.note({"record.list_entry", person, "finding", finding, {}, {}});
                continue;
            }
            const auto found = TRY(writing.rows(select_one, {finding, person}));
            if (found.empty())
                continue;
            const auto by = found.front()[1].id<AccountId>();
            if (by != actor.account())
                return Error{ErrorKind::Conflict, "A colleague has already recorded this.", {}, "account:" + by.text()};
            there = true; // the same tap twice
        }
        if (!there)
            return not_found("This is not on the list.");
        writing.announce("caseload", {});
        return {};
    });
}

Result<void> ListDesk::name_owner(const Actor& actor, PersonId person, AccountId owner) const
{
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(may_act(actor));
        TRY(writing.admit(person, trust::Scope::Presence));
        const auto team = TRY(writing.rows(select_team, {rows::Value{person}}));
        if (team.empty() || !TRY(Owners::read(writing)).may_own(team.front()[0].id<TeamId>(), owner))
            return invalid("Only a clinician of this person's care team can be named.", "/account");
        if (TRY(writing.change(update_owner, {owner, person})) == 0)
            return not_found("Nothing of this person is on the list.");
        writing.announce("caseload", {});
        writing.note({"change.list_entry_owner", person, "finding", {}, {}, {}});
        return {};
    });
}

Result<std::vector<ListEntry>> ListDesk::open(const Actor& actor) const
{
    std::vector<ListEntry> all;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        TRY(may_act(actor));
        all = actor.role() == Role::Lead ? TRY(open_entries(reading)) : TRY(open_entries(reading, actor.account()));
        trust::Deed deed{"read.list_entries", std::nullopt, "finding", {}, {}, {}};
        for (const auto& each : all)
            deed.listed.push_back(each.person);
        reading.note(std::move(deed));
        return {};
    }));
    return all;
}

Result<int> ListDesk::tell_overdue(const Actor& system) const
{
    const auto is_late = [](const ListEntry& each, Instant now) { return !each.told_at && each.due_at <= now; };
    Overdue overdue;
    overdue.late = [&](trust::Reading& reading) -> Result<int> {
        const auto all = TRY(open_entries(reading));
        return static_cast<int>(
            std::count_if(all.begin(), all.end(), [&](const auto& each) { return is_late(each, reading.now()); }));
    };
    overdue.mark = [&](trust::Writing& writing) -> Result<int> {
        int late = 0;
        for (const auto& each : TRY(open_entries(writing)))
            if (is_late(each, writing.now()) && TRY(writing.change(update_told, {writing.now(), each.finding})) == 1)
                ++late;
        return late;
    };
    overdue.words = [](int late) {
        return late == 1 ? std::string("Something for soon was not looked at in time. See whose it is.")
                         : std::to_string(late) + " things for soon were not looked at in time. See whose they are.";
    };
    overdue.deed = "escalate.list_entries";
    overdue.noun = "finding";
    return care::tell_overdue(record_, alerts_, system, overdue);
}

Result<int> ListDesk::tell_beyond(const Actor& system) const
{
    const auto is_new = [](const ListEntry& each) { return each.beyond == Beyond::Team && !each.beyond_told_at; };
    Overdue overdue;
    overdue.late = [&](trust::Reading& reading) -> Result<int> {
        const auto all = TRY(open_entries(reading));
        return static_cast<int>(std::count_if(all.begin(), all.end(), is_new));
    };
    overdue.mark = [&](trust::Writing& writing) -> Result<int> {
        int more = 0;
        for (const auto& each : TRY(open_entries(writing)))
            if (is_new(each) && TRY(writing.change(update_beyond_told, {writing.now(), each.finding})) == 1)
                ++more;
        return more;
    };
    overdue.words = [](int more) {
        return "More for soon came than a team is to look at in a day: " + std::to_string(more) +
               (more == 1 ? " is yours until you name somebody." : " are yours until you name somebody.");
    };
    overdue.deed = "escalate.list_entries_beyond";
    overdue.noun = "finding";
    return care::tell_overdue(record_, alerts_, system, overdue);
}

} // namespace handrail::care
