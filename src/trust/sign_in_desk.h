#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/confidential.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/keyring.h"
#include "trust/login_limits.h"
#include "trust/password.h"
#include "trust/record.h"
#include "trust/session_desk.h"
#include "trust/totp.h"

namespace handrail::trust {

/// Signing in, proving oneself again, second factors, passwords, recovery.
class SignInDesk {
public:
    SignInDesk(Record& record, Keyring& keyring, SessionDesk& sessions, LoginLimits& limits, PasswordCost cost = {})
        : record_(record), keyring_(keyring), sessions_(sessions), limits_(limits), cost_(cost)
    {
    }

    struct Attempt {
        std::string login;
        Confidential password;
        std::string code;    ///< six digits, or a recovery code; "" when not asked yet
        std::string address; ///< for the limits only; not stored
        std::string device;
    };
    struct SignedIn {
        AccountId account;
        Role role = Role::Person;
        SessionDesk::Begun session;
        bool needs_second_factor_set_up = false; ///< staff who have none yet: only that page is open to them
    };
    /// NotSignedIn, the same words whether the name or the password was wrong; NotAllowed with `where`
    /// "second-factor" when a code is wanted or was wrong; TooMuch after too many failures. Failures are
    /// audited.
    Result<SignedIn> sign_in(OrganisationId organisation, const Attempt& attempt) const;
    Result<void> sign_out(const Actor& actor) const { return sessions_.revoke(actor, actor.session()); }

    /// Ends every other session.
    Result<void> change_password(const Actor& actor, const Confidential& old, const Confidential& fresh) const;
    /// For five minutes the actor may do what asks for proof. NotSignedIn when the password is wrong;
    /// NotAllowed with `where` "second-factor" when a code is wanted or wrong. Someone without a password has
    /// proven all they can.
    Result<void> re_authenticate(const Actor& actor, const Confidential& password, const std::string& code) const;

    /// A secret that counts once confirm_second_factor() saw a code of it. With a second factor already set,
    /// the actor must have proven themselves lately (NotSignedIn, "reauthenticate").
    Result<TotpSetUp> begin_second_factor(const Actor& actor, std::string_view service) const;
    /// Gives fresh recovery codes, shown once; the older ones are worthless then.
    Result<std::vector<std::string>> confirm_second_factor(const Actor& actor, const std::string& code) const;
    /// Checks and uses up a code of the actor's own; NotAllowed with `where` "second-factor" otherwise.
    Result<void> use_code(Writing& writing, const std::string& code) const;

    /// A recovery code in place of the password; uses it up and ends every session. NotSignedIn, the same
    /// words whether the name or the code was wrong.
    Result<void> recover(OrganisationId organisation, const std::string& login, const std::string& recovery_code,
                         const Confidential& fresh, const std::string& address) const;

private:
    Record& record_;
    Keyring& keyring_;
    SessionDesk& sessions_;
    LoginLimits& limits_;
    PasswordCost cost_;

    struct Known;
    Result<Known> known(const Actor& system, const std::string& login) const;
    Error failed(const Actor& system, const Known& known, const std::string& address, Error error) const;
};

} // namespace handrail::trust
