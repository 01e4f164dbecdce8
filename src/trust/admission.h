#pragma once

#include <optional>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/record.h"

namespace handrail::storage {
class Reading;
}

namespace handrail::trust {

/// Who may see whom, remembered for the length of one transaction.
///
/// Words: the person; a clinician of their team; a lead while an alert of theirs is routed to the lead;
/// whoever broke the glass for them in the last hour; the service itself. Never an administrator, a supporter
/// or an integration. Presence: besides these, leads and administrators.
class Admission {
public:
    Admission(const Actor& actor, Instant now) : actor_(actor), now_(now) {}

    /// NotAllowed with `where` "outside-team" when breaking the glass is a way in.
    Result<void> admit(storage::Reading& store, PersonId person, Scope scope);
    /// Who was refused last, if anyone.
    const std::optional<PersonId>& refused() const { return refused_; }

private:
    const Actor& actor_;
    Instant now_;
    std::unordered_map<PersonId, Scope> admitted_; ///< the most that was allowed
    std::optional<PersonId> refused_;
    bool on_team_ = false; ///< of the last one asked about

    Result<bool> holds(storage::Reading& store, PersonId person, Scope scope);
};

} // namespace handrail::trust
