#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/actor.h"
#include "trust/account.h"
#include "trust/keyring.h"
#include "trust/record.h"
#include "trust/session_desk.h"

namespace handrail::trust {

/// Accounts as the administrator sees them, and one's own.
class AccountDesk {
public:
    AccountDesk(Record& record, Keyring& keyring, SessionDesk& sessions)
        : record_(record), keyring_(keyring), sessions_(sessions)
    {
    }

    /// One's own account.
    Result<Account> own(const Actor& actor) const;
    /// The account of a member of staff: id, role, display name, teams; any staff may, and System. NotFound
    /// for people.
    Result<Account> staff(const Actor& actor, AccountId account) const;
    /// The same inside a transaction.
    Result<Account> staff(Reading& reading, AccountId account) const;
    /// Every member of staff, by display name; any staff may, and System.
    Result<std::vector<Account>> all_staff(const Actor& actor) const;
    /// How many accounts a role has. Administrator, lead, System.
    struct Count {
        Role role;
        std::int64_t accounts = 0;
    };
    Result<std::vector<Count>> counts(const Actor& actor) const;

    struct OwnChange {
        std::optional<std::string> display_name;
        std::optional<std::string> language;
        std::optional<std::string> theme;
    };
    Result<Account> change_own(const Actor& actor, const OwnChange& change) const;

    /// Administrator or System. Both end every session of the account. The last active administrator keeps
    /// the role (Conflict).
    Result<void> change_role(const Actor& actor, AccountId account, Role role) const;
    Result<void> suspend(const Actor& actor, AccountId account, bool suspended) const;

    /// Makes a member of staff at once, without an invitation: for --demo and for tests. System only.
    struct NewStaff {
        Role role = Role::Clinician;
        std::string login;
        std::string display_name;
        std::string password_hash;              ///< from hash_password(); "" cannot sign in
        std::optional<std::string> totp_secret; ///< 20 bytes; none: asked to set one up at the first sign-in
        std::vector<TeamId> teams;
    };
    Result<AccountId> create_staff(const Actor& system, const NewStaff& staff) const;

private:
    Record& record_;
    Keyring& keyring_;
    SessionDesk& sessions_;
};

} // namespace handrail::trust
