#pragma once

#include "domain/actor.h"

// Only trust makes an Actor, and this program does not link trust: the desk here stands in for it.
namespace handrail::trust
{

class ActorDesk
{
public:
    static Actor make(Role role, OrganisationId organisation = OrganisationId::random())
    {
        Actor actor;
        actor.organisation_ = organisation;
        actor.account_ = AccountId::random();
        actor.role_ = role;
        actor.session_ = SessionId::random();
        return actor;
    }
};

} // namespace handrail::trust
