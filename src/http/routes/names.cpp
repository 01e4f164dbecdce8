#include "http/routes/names.h"

#include <algorithm>

#include "trust/account_desk.h"
#include "trust/actor_desk.h"
#include "trust/team_desk.h"

namespace handrail::http::routes {

const trust::Account& Names::of(AccountId id)
{
    auto found = known_.find(id);
    if (found == known_.end()) {
        auto account = id.empty() ? Result<trust::Account>{trust::Account{}} : desks_.accounts.staff(actor_, id);
        found = known_.emplace(id, account.ok() ? *account : trust::Account{}).first;
    }
    return found->second;
}

JsonObject named(Names& names, AccountId account)
{
    return JsonObject{}.add("id", account).add("name", names.of(account).display_name);
}

JsonList named(Names& names, const std::vector<AccountId>& accounts)
{
    JsonList list;
    for (const auto& each : accounts)
        list.add(named(names, each));
    return list;
}

std::string name_for_person(Desks& desks, AccountId account)
{
    const auto found = desks.accounts.staff(trust::ActorDesk::system(desks.organisation), account);
    return found.ok() ? found->display_name : std::string();
}

Result<TeamClinicians> TeamClinicians::read(Desks& desks, const Actor& actor)
{
    TeamClinicians made;
    made.staff_ = TRY(desks.accounts.all_staff(actor));
    for (const auto& team : TRY(desks.teams.all(actor)))
        made.names_[team.id] = team.name;
    return made;
}

std::string TeamClinicians::name(TeamId team) const
{
    const auto found = names_.find(team);
    return found == names_.end() ? std::string() : found->second;
}

JsonList TeamClinicians::of(TeamId team) const
{
    JsonList list;
    for (const auto& account : staff_)
        if (account.role == Role::Clinician && !account.suspended &&
            std::find(account.teams.begin(), account.teams.end(), team) != account.teams.end())
            list.add(JsonObject{}.add("id", account.id).add("name", account.display_name));
    return list;
}

Error with_name(Desks& desks, const Actor& actor, Error error)
{
    constexpr std::string_view prefix = "account:";
    if (error.where.rfind(prefix, 0) != 0)
        return error;
    const auto id = AccountId::from(std::string_view(error.where).substr(prefix.size()));
    error.where.clear();
    if (!id.ok())
        return error;
    if (const auto account = desks.accounts.staff(actor, *id); account.ok())
        error.told += " (" + account->display_name + ")";
    return error;
}

} // namespace handrail::http::routes
