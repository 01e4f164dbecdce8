#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "domain/actor.h"

namespace handrail::trust {

/// Anyone who may sign in, and people who use Handrail without a login.
struct Account {
    AccountId id;
    Role role = Role::Person;
    std::optional<PersonId> person; ///< set exactly for Role::Person
    std::string login;              ///< "" for someone without a login
    std::string display_name;
    std::string language; ///< BCP 47; "" when never chosen
    std::string theme;    ///< "" follows the device
    bool suspended = false;
    bool second_factor = false;
    std::vector<TeamId> teams; ///< of staff
    Instant created_at;
    std::optional<Instant> seen_at; ///< latest sign of a session
};

} // namespace handrail::trust
