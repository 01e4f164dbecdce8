#pragma once

#include <map>
#include <vector>

#include "http/json_text.h"
#include "http/routes/desks.h"
#include "trust/account.h"

namespace handrail::http::routes {

/// Accounts of staff, looked up once a page.
class Names {
public:
    Names(Desks& desks, const Actor& actor) : desks_(desks), actor_(actor) {}
    /// An empty account for nobody and for one that is gone.
    const trust::Account& of(AccountId id);

private:
    Desks& desks_;
    Actor actor_;
    std::map<AccountId, trust::Account> known_;
};

/// Id and name: a Named of the document.
JsonObject named(Names& names, AccountId account);
JsonList named(Names& names, const std::vector<AccountId>& accounts);

/// Teams and the clinicians in them who can be named for something, looked up once a page.
class TeamClinicians {
public:
    static Result<TeamClinicians> read(Desks& desks, const Actor& actor);
    /// Empty for a team that is gone.
    std::string name(TeamId team) const;
    /// Those who are active, as Named of the document.
    JsonList of(TeamId team) const;

private:
    std::map<TeamId, std::string> names_;
    std::vector<trust::Account> staff_;
};

/// For the person to read. Who works here is the service's to say: a person may not look staff up themselves.
std::string name_for_person(Desks& desks, AccountId account);

/// A colleague was first: the page wants the name, not the id.
Error with_name(Desks& desks, const Actor& actor, Error error);

} // namespace handrail::http::routes
