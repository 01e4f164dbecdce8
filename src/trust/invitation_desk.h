#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/confidential.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/keyring.h"
#include "trust/password.h"
#include "trust/record.h"
#include "trust/totp.h"

namespace handrail::trust {

/// What an invitation is for.
enum class InvitationPurpose { Staff, Person, Administrator };
std::string_view name(InvitationPurpose purpose);

struct Invitation {
    InvitationId id;
    InvitationPurpose purpose = InvitationPurpose::Staff;
    Role role = Role::Clinician;
    std::string display_name;
    std::string email;
    TeamId team; ///< empty: none
    Instant created_at;
    Instant ends_at;
};

/// Invitations: a link that works once, within 72 hours; only the hash of its token is stored.
class InvitationDesk {
public:
    InvitationDesk(Record& record, Keyring& keyring, PasswordCost cost = {})
        : record_(record), keyring_(keyring), cost_(cost)
    {
    }

    struct New {
        InvitationPurpose purpose = InvitationPurpose::Staff;
        Role role = Role::Clinician;
        std::string display_name;
        std::string email;
        TeamId team;
    };
    struct Sent {
        InvitationId id;
        std::string token; ///< goes into the link; not kept
        Instant ends_at;
    };
    /// Administrator or System; System alone makes the first administrator's set-up link.
    Result<Sent> create(const Actor& actor, const New& invitation) const;
    /// Those that wait.
    Result<std::vector<Invitation>> waiting(const Actor& actor) const;
    Result<void> withdraw(const Actor& actor, InvitationId invitation) const;

    /// NotFound, the same words whether it was never made, was used, withdrawn or has ended.
    Result<Invitation> find(const std::string& token) const;
    struct Accepted {
        AccountId account;
        Role role = Role::Clinician;
        TotpSetUp second_factor;
    };
    /// For staff and administrators: `second_factor` is to be confirmed with
    /// SignInDesk::confirm_second_factor() after the first sign-in. A person's invitation is taken with
    /// SignUpDesk::sign_up() and then used().
    Result<Accepted> accept(const std::string& token, const std::string& display_name, const std::string& login,
                            const Confidential& password, std::string_view service) const;
    Result<void> used(const std::string& token, AccountId by) const;

private:
    Record& record_;
    Keyring& keyring_;
    PasswordCost cost_;
};

} // namespace handrail::trust
