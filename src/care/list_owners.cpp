#include "care/list_owners.h"

#include <algorithm>

namespace handrail::care {

namespace {

constexpr rows::Statement select_members{
    "list_entry.members", "SELECT m.team, a.account, a.role FROM team_member m "
                          "JOIN account a ON a.organisation = m.organisation AND a.account = m.account "
                          "WHERE m.organisation = $1 AND a.state = 'active' ORDER BY a.account"};
constexpr rows::Statement select_leads{
    "list_entry.leads", "SELECT account FROM account WHERE organisation = $1 AND role = 'lead' AND state = 'active' "
                        "ORDER BY account"};
constexpr rows::Statement select_person{
    "list_entry.person", "SELECT team, clinician FROM person WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement select_newest_open{
    "list_entry.newest_open", "SELECT owner, beyond FROM list_entry WHERE organisation = $1 AND person = $2 AND "
                              "due_at IS NOT NULL ORDER BY made_at DESC LIMIT 1"};
// One account's of one day: no more than its number, whatever the service has.
constexpr rows::Statement count_given{
    "list_entry.given", "SELECT COUNT(DISTINCT person) FROM list_entry WHERE organisation = $1 AND given_to = $2 AND made_at >= $3"};
constexpr rows::Statement select_away{
    "list_entry.away", "SELECT account FROM staff_leave WHERE organisation = $1 AND first_day <= $2 AND last_day >= $2"};

constexpr std::string_view names[] = {"", "colleague", "team"};

} // namespace

std::string_view name(Beyond beyond) { return names[static_cast<std::size_t>(beyond)]; }

Beyond beyond_from(std::string_view text)
{
    for (std::size_t i = 0; i < std::size(names); ++i)
        if (names[i] == text)
            return static_cast<Beyond>(i);
    return Beyond::No;
}

Result<Owners> Owners::read(trust::Reading& reading)
{
    Owners owners;
    for (const auto& row : TRY(reading.rows(select_leads, {})))
        owners.leads_.push_back(row[0].id<AccountId>());
    for (const auto& row : TRY(reading.rows(select_members, {}))) {
        const auto team = row[0].id<TeamId>();
        const auto account = row[1].id<AccountId>();
        if (row[2].text() == name(Role::Clinician))
            owners.clinicians_.emplace(team, account);
        if (row[2].text() == name(Role::Lead))
            owners.lead_of_.emplace(team, account);
    }
    return owners;
}

AccountId Owners::of(TeamId team, AccountId named, AccountId clinician, Beyond beyond) const
{
    if (may_own(team, named))
        return named;
    const bool has_clinician = may_own(team, clinician);
    if (has_clinician && beyond != Beyond::Team)
        return clinician;
    if (const auto lead = lead_of_.find(team); lead != lead_of_.end())
        return lead->second;
    if (!leads_.empty())
        return leads_.front();
    return has_clinician ? clinician : AccountId{};
}

std::vector<AccountId> Owners::clinicians(TeamId team) const
{
    std::vector<AccountId> all;
    for (const auto& [of, account] : clinicians_)
        if (of == team)
            all.push_back(account);
    return all;
}

Result<Given> give(trust::Reading& reading, PersonId person, const DailyShare& share, std::int64_t day)
{
    const auto owners = TRY(Owners::read(reading));
    const auto found = TRY(reading.rows(select_person, {rows::Value{person}}));
    if (found.empty())
        return Given{};
    const auto team = found.front()[0].id<TeamId>();
    const auto clinician = found.front()[1].id<AccountId>();
    const auto to = [&](AccountId named, Beyond beyond) { return Given{owners.of(team, named, clinician, beyond), named, beyond}; };
    if (const auto open = TRY(reading.rows(select_newest_open, {rows::Value{person}})); !open.empty())
        return to(open.front()[0].id<AccountId>(), beyond_from(open.front()[1].text()));
    if (!owners.may_own(team, clinician))
        return to({}, Beyond::No); // nobody is named for this person: a lead names somebody
    const auto people_given_to = [&](AccountId account) -> Result<std::int64_t> {
        return TRY(reading.rows(count_given, {account, share.since})).front()[0].number();
    };
    if (TRY(people_given_to(clinician)) < share.people)
        return to({}, Beyond::No);
    std::set<AccountId> away;
    for (const auto& row : TRY(reading.rows(select_away, {rows::Value{day}})))
        away.insert(row[0].id<AccountId>());
    AccountId with_fewest;
    std::int64_t fewest = share.people;
    for (const auto account : owners.clinicians(team)) {
        if (account == clinician || away.contains(account))
            continue;
        if (const auto had = TRY(people_given_to(account)); had < fewest) {
            fewest = had;
            with_fewest = account;
        }
    }
    return with_fewest.empty() ? to({}, Beyond::Team) : to(with_fewest, Beyond::Colleague);
}

} // namespace handrail::care
