#include "trust/team_desk.h"

#include <algorithm>

#include "base/text.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement insert{
    "team.insert", "INSERT INTO team (organisation, team, sealed_name, created_at) VALUES ($1, $2, $3, $4)"};
constexpr rows::Statement set_name{"team.set_name",
                                   "UPDATE team SET sealed_name = $2 WHERE organisation = $1 AND team = $3"};
constexpr rows::Statement all_teams{
    "team.all", "SELECT team, sealed_name, created_at FROM team WHERE organisation = $1 ORDER BY created_at, team"};
constexpr rows::Statement by_id{"team.by_id", "SELECT team FROM team WHERE organisation = $1 AND team = $2"};
constexpr rows::Statement all_members{
    "team.all_members", "SELECT team, account FROM team_member WHERE organisation = $1 ORDER BY added_at, account"};
constexpr rows::Statement people_by_team{"team.people",
                                         "SELECT team, COUNT(*) FROM person WHERE organisation = $1 GROUP BY team"};
constexpr rows::Statement is_member{
    "team.is_member", "SELECT added_at FROM team_member WHERE organisation = $1 AND team = $2 AND account = $3"};
constexpr rows::Statement join{
    "team.join", "INSERT INTO team_member (organisation, team, account, added_at) VALUES ($1, $2, $3, $4)"};
constexpr rows::Statement leave{"team.leave",
                                "DELETE FROM team_member WHERE organisation = $1 AND team = $2 AND account = $3"};
constexpr rows::Statement members_of{"team.members_of",
                                     "SELECT account FROM team_member WHERE organisation = $1 AND team = $2"};
constexpr rows::Statement teams_of{"team.teams_of",
                                   "SELECT team FROM team_member WHERE organisation = $1 AND account = $2"};
constexpr rows::Statement role_of{
    "team.role_of", "SELECT role FROM account WHERE organisation = $1 AND account = $2 AND person IS NULL"};
constexpr rows::Statement place{"team.place_person",
                                "UPDATE person SET team = $2, clinician = $3 WHERE organisation = $1 AND person = $4"};

Place name_of(TeamId team)
{
    return {"team", "name", team};
}

Result<void> only_administrator(const Actor& actor)
{
    if (actor.role() == Role::Administrator || actor.role() == Role::System)
        return {};
    return not_allowed("Only an administrator changes care teams.");
}

Result<Confidential> checked(const std::string& name)
{
    const auto shown = trimmed(name);
    if (shown.empty() || !valid_utf8(shown) || code_points(shown) > 80)
        return invalid("A team's name has 1 to 80 characters.", "name");
    return Confidential(std::string(shown));
}

Result<void> must_exist(Reading& reading, TeamId team)
{
    if (TRY(reading.rows(by_id, {team})).empty())
        return not_found("There is no such team.");
    return {};
}

Result<void> must_be_staff(Reading& reading, AccountId account)
{
    if (TRY(reading.rows(role_of, {account})).empty())
        return not_found("There is no such member of staff.");
    return {};
}

template <class Each> bool holds(const std::vector<Each>& all, const Each& one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

Result<void> add_member(Writing& writing, TeamId team, AccountId account)
{
    if (TRY(writing.rows(is_member, {team, account})).empty())
        TRY(writing.change(join, {team, account, writing.now()}));
    return {};
}

/// Event streams show what a team may see: who is in one changes it.
void announce(Writing& writing, AccountId account)
{
    writing.announce("team", account.text());
}

} // namespace

Result<TeamId> TeamDesk::create(Writing& writing, const std::string& name) const
{
    TRY(only_administrator(writing.actor()));
    const auto words = TRY(checked(name));
    const auto team = TeamId::random();
    auto sealed = TRY(writing.seal(name_of(team), words));
    TRY(writing.change(insert, {team, std::move(sealed), writing.now()}));
    writing.note({"create.team", {}, "team", team, {}, {}});
    return team;
}

Result<TeamId> TeamDesk::create(const Actor& actor, const std::string& name) const
{
    TeamId team;
    TRY(record_.write(actor, [&](Writing& writing) -> Result<void> {
        team = TRY(create(writing, name));
        return {};
    }));
    return team;
}

Result<void> TeamDesk::rename(const Actor& actor, TeamId team, const std::string& name) const
{
    TRY(only_administrator(actor));
    const auto words = TRY(checked(name));
    return record_.write(actor, [&](Writing& writing) -> Result<void> {
        auto sealed = TRY(writing.seal(name_of(team), words));
        if (TRY(writing.change(set_name, {std::move(sealed), team})) == 0)
            return not_found("There is no such team.");
        writing.note({"change.team", {}, "team", team, {}, {}});
        return {};
    });
}

Result<std::vector<Team>> TeamDesk::all(const Actor& actor) const
{
    if (!is_staff(actor.role()) && actor.role() != Role::System)
        return not_allowed("This is for the service's staff.");
    std::vector<Team> teams;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        teams.clear();
        for (const auto& row : TRY(reading.rows(all_teams, {}))) {
            Team team;
            team.id = row[0].id<TeamId>();
            team.name = TRY(reading.open(name_of(team.id), row[1].blob())).reveal();
            team.created_at = row[2].instant();
            teams.push_back(std::move(team));
        }
        const auto find = [&](TeamId id) {
            return std::find_if(teams.begin(), teams.end(), [&](const Team& team) { return team.id == id; });
        };
        for (const auto& row : TRY(reading.rows(all_members, {})))
            if (const auto team = find(row[0].id<TeamId>()); team != teams.end())
                team->members.push_back(row[1].id<AccountId>());
        for (const auto& row : TRY(reading.rows(people_by_team, {})))
            if (const auto team = find(row[0].id<TeamId>()); team != teams.end())
                team->people = row[1].number();
        return {};
    }));
    return teams;
}

Result<std::vector<Team>> TeamDesk::of(const Actor& actor, AccountId account) const
{
    auto teams = TRY(all(actor));
    std::erase_if(teams, [&](const Team& team) { return !holds(team.members, account); });
    return teams;
}

Result<void> TeamDesk::set_members(const Actor& actor, TeamId team, const std::vector<AccountId>& members) const
{
    TRY(only_administrator(actor));
    return record_.write(actor, [&](Writing& writing) -> Result<void> {
        TRY(must_exist(writing, team));
        for (const auto& row : TRY(writing.rows(members_of, {team})))
            if (const auto account = row[0].id<AccountId>(); !holds(members, account)) {
                TRY(writing.change(leave, {team, account}));
                announce(writing, account);
            }
        for (const auto& account : members) {
            TRY(must_be_staff(writing, account));
            TRY(add_member(writing, team, account));
            announce(writing, account);
        }
        writing.note({"change.team", {}, "team", team, {}, {}});
        return {};
    });
}

Result<void> TeamDesk::set_teams(const Actor& actor, AccountId account, const std::vector<TeamId>& teams) const
{
    TRY(only_administrator(actor));
    return record_.write(actor, [&](Writing& writing) -> Result<void> {
        TRY(must_be_staff(writing, account));
        for (const auto& row : TRY(writing.rows(teams_of, {account})))
            if (const auto team = row[0].id<TeamId>(); !holds(teams, team))
                TRY(writing.change(leave, {team, account}));
        for (const auto& team : teams) {
            TRY(must_exist(writing, team));
            TRY(add_member(writing, team, account));
        }
        announce(writing, account);
        writing.note({"change.team_member", {}, "account", account, {}, {}});
        return {};
    });
}

Result<void> TeamDesk::place_person(const Actor& actor, PersonId person, TeamId team, AccountId clinician) const
{
    TRY(only_administrator(actor));
    return record_.write(actor, [&](Writing& writing) -> Result<void> {
        TRY(must_exist(writing, team));
        if (!clinician.empty())
            TRY(must_be_staff(writing, clinician));
        if (TRY(writing.change(place, {team, clinician.empty() ? rows::Value() : rows::Value(clinician), person})) == 0)
            return not_found("There is no such person.");
        writing.note({"place.person", person, "person", person, {}, {}});
        return {};
    });
}

} // namespace handrail::trust
