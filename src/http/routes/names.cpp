#include "http/routes/names.h"

#include "trust/account_desk.h"

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
