#pragma once

#include <optional>

#include "domain/actor.h"

namespace handrail::trust {

/// Makes Actors. Nothing else does: who holds an Actor was signed in, or is the service itself.
class ActorDesk {
public:
    /// The service acting by itself: timers, jobs, sign-in. Its deeds stand in the audit record as "system".
    static Actor system(OrganisationId organisation);

private:
    friend class ContactDesk;
    friend class LinkDesk;
    friend class SessionDesk;
    static Actor signed_in(OrganisationId organisation, AccountId account, Role role, std::optional<PersonId> person,
                           SessionId session);
};

} // namespace handrail::trust
