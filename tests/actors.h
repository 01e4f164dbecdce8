#pragma once

#include <optional>

#include "domain/actor.h"

/// Actors for tests of what lies below trust. Only trust makes an Actor, through trust::ActorDesk; a test that does not
/// link trust has this desk instead. Never include it in a program that links src/trust.
namespace handrail::trust {

class ActorDesk {
public:
    static Actor make(OrganisationId organisation, Role role, AccountId account = {},
                      std::optional<PersonId> person = std::nullopt)
    {
        Actor actor;
        actor.organisation_ = organisation;
        actor.role_ = role;
        actor.account_ = account;
        actor.person_ = person;
        return actor;
    }
};

} // namespace handrail::trust
