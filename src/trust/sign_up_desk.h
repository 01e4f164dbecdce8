#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/confidential.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/consent_desk.h"
#include "trust/keyring.h"
#include "trust/password.h"
#include "trust/record.h"
#include "trust/session_desk.h"

namespace handrail::trust {

/// A person comes in, with a login or without one.
class SignUpDesk {
public:
    SignUpDesk(Record& record, Keyring& keyring, SessionDesk& sessions, PasswordCost cost = {})
        : record_(record), keyring_(keyring), sessions_(sessions), consents_(record), cost_(cost)
    {
    }

    struct Form {
        std::string display_name;
        std::string login; ///< "" with an empty password: use without an account, a session on this device only
        Confidential password;
        std::string age_band;                 ///< under_13, 13_17, 18_25, 26_64, 65_plus
        std::string country;                  ///< ISO 3166 alpha-2
        std::string language;                 ///< BCP 47
        TeamId team;                          ///< empty: the organisation's oldest team
        std::map<std::string, bool> consents; ///< purpose → granted; those not named were not asked
        std::string wording;                  ///< id of the texts they were shown
        std::map<std::string, std::string> wordings; ///< by purpose, where it is another text
        std::string device;
    };
    struct SignedUp {
        AccountId account;
        PersonId person;
        SessionDesk::Begun session;
        std::vector<std::string> recovery_codes; ///< with a login only; shown once
    };
    /// The person's key first, then person, account, consents and session in one transaction. Conflict when
    /// the login is taken; Invalid names the field in `where`. Whether sign-up is open is the caller's to
    /// know.
    Result<SignedUp> sign_up(OrganisationId organisation, const Form& form) const;

private:
    Record& record_;
    Keyring& keyring_;
    SessionDesk& sessions_;
    ConsentDesk consents_;
    PasswordCost cost_;

    Result<SignedUp> write(const Actor& system, PersonId person, const Form& form, const std::string& login,
                           const std::string& display_name, const std::string& password_hash) const;
};

} // namespace handrail::trust
