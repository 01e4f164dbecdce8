#pragma once

#include <optional>
#include <string_view>

#include "base/ids.h"

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

private:
    friend class trust::ActorDesk;
    Actor() = default;
    OrganisationId organisation_;
    AccountId account_;
    Role role_ = Role::Person;
    std::optional<PersonId> person_;
    SessionId session_;
};

} // namespace handrail
