#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "base/ids.h"
#include "domain/claim.h"

namespace handrail {

enum class Role { Person, Supporter, Clinician, Lead, Administrator, Integration, System };

std::string_view name(Role role);
std::optional<Role> role_from(std::string_view name);
/// Whether the role belongs to the service's staff, who need a second factor.
bool is_staff(Role role);

namespace trust {
class ActorDesk;
}

/// Who is asking. Only trust makes one; a store opens for nothing else.
class Actor {
public:
    OrganisationId organisation() const { return organisation_; }
    AccountId account() const { return account_; }   ///< empty for System
    Role role() const { return role_; }
    /// The person this account is, when the role is Person.
    std::optional<PersonId> person() const { return person_; }
    SessionId session() const { return session_; }   ///< empty outside a signed-in session
    /// What the request that is carried out must be done once under; none without an Idempotency-Key.
    const std::shared_ptr<Claim>& claim() const { return claim_; }
    /// The same actor, within a request of that claim.
    Actor claiming(std::shared_ptr<Claim> claim) const
    {
        Actor same = *this;
        same.claim_ = std::move(claim);
        return same;
    }
    /// The same actor, for what prepares a request and may be done again without harm: it is not the request's first
    /// change.
    Actor preparing() const { return claiming(nullptr); }

private:
    friend class trust::ActorDesk;
    Actor() = default;
    OrganisationId organisation_;
    AccountId account_;
    Role role_ = Role::Person;
    std::optional<PersonId> person_;
    SessionId session_;
    std::shared_ptr<Claim> claim_;
};

} // namespace handrail
