#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/actor.h"
#include "rows/value.h"
#include "trust/account.h"
#include "trust/record.h"

namespace handrail::trust {

/// account.sealed_profile.
struct AccountProfile {
    std::string login;
    std::string display_name;
    std::string language;
    std::string theme;
    std::string work_mail{};  ///< where an alert reaches a member of staff; "" when none is known
    std::string work_phone{}; ///< "+353871234567"
    std::string no_texts_to{}; ///< the number that takes no texts any more; "" when all is well
};

/// account.sealed_secrets: nothing of it ever leaves this folder.
struct AccountSecrets {
    std::string password;              ///< Argon2id, as libsodium writes it; "" cannot sign in with a password
    std::string totp;                  ///< 20 bytes; "" when there is no second factor
    std::int64_t totp_step = 0;        ///< the latest that was used
    std::string totp_pending;          ///< begun and not confirmed
    std::vector<std::string> recovery; ///< hashes of the codes that are left
};

/// A row of `account`. What is sealed stands under the person's key when it is a person's, else the
/// organisation's.
struct AccountRow {
    AccountId id;
    Role role = Role::Person;
    std::optional<PersonId> person;
    rows::Blob login_hash; ///< a person's is random: their look-up lies with the keys, and goes with them
    bool suspended = false;
    Instant created_at;
    rows::Blob sealed_profile;
    rows::Blob sealed_secrets;
};

Result<std::optional<AccountRow>> find_account(Reading& reading, AccountId account);
Result<std::optional<AccountRow>> find_account_of(Reading& reading, PersonId person);
Result<std::optional<AccountRow>> find_account_by_login(Reading& reading, const std::string& login_hash);
/// NotFound when it is not there.
Result<AccountRow> account_row(Reading& reading, AccountId account);
Result<std::vector<AccountRow>> staff_rows(Reading& reading);

Result<AccountProfile> open_profile(Reading& reading, const AccountRow& row);
Result<AccountSecrets> open_secrets(Reading& reading, const AccountRow& row);
Result<void> save_profile(Writing& writing, const AccountRow& row, const AccountProfile& profile);
Result<void> save_secrets(Writing& writing, const AccountRow& row, const AccountSecrets& secrets);
/// Conflict when another account has the login.
Result<void> add_account(Writing& writing, const AccountRow& row, const AccountProfile& profile,
                         const AccountSecrets& secrets);

/// The account as others see it. Teams and the last sign of life are read too.
Result<Account> account_from(Reading& reading, const AccountRow& row);

/// How a login is compared: without space around it, ASCII letters small.
std::string login_form(std::string_view login);
/// Invalid, with `where` "login", unless it has 3 to 64 characters without spaces.
Result<std::string> checked_login(std::string_view login);
/// Invalid, with `where` "display_name", when it is longer than 80 characters or not text.
Result<std::string> checked_display_name(std::string_view name, bool required);

} // namespace handrail::trust
