#include "trust/actor_desk.h"

namespace handrail::trust {

Actor ActorDesk::system(OrganisationId organisation)
{
    Actor actor;
    actor.organisation_ = organisation;
    actor.role_ = Role::System;
    return actor;
}

Actor ActorDesk::signed_in(OrganisationId organisation, AccountId account, Role role, std::optional<PersonId> person,
                           SessionId session)
{
    Actor actor;
    actor.organisation_ = organisation;
    actor.account_ = account;
    actor.role_ = role;
    actor.person_ = person;
    actor.session_ = session;
    return actor;
}

} // namespace handrail::trust
