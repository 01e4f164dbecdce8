#include "trust/account_row.h"

#include "base/fields.h"
#include "base/text.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement by_id{"account.by_id",
                                "SELECT account, role, person, login_hash, state, created_at, sealed_profile, "
                                "sealed_secrets FROM account WHERE organisation = $1 AND account = $2"};
constexpr rows::Statement by_person{"account.by_person",
                                    "SELECT account, role, person, login_hash, state, created_at, sealed_profile, "
                                    "sealed_secrets FROM account WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement by_login{"account.by_login",
                                   "SELECT account, role, person, login_hash, state, created_at, sealed_profile, "
                                   "sealed_secrets FROM account WHERE organisation = $1 AND login_hash = $2"};
constexpr rows::Statement all_staff{"account.staff",
                                    "SELECT account, role, person, login_hash, state, created_at, sealed_profile, "
                                    "sealed_secrets FROM account WHERE organisation = $1 AND person IS NULL "
                                    "ORDER BY created_at, account"};
constexpr rows::Statement insert{
    "account.insert", "INSERT INTO account (organisation, account, role, person, login_hash, state, created_at, "
                      "sealed_profile, sealed_secrets) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr rows::Statement update_profile{
    "account.update_profile", "UPDATE account SET sealed_profile = $2 WHERE organisation = $1 AND account = $3"};
constexpr rows::Statement update_secrets{
    "account.update_secrets", "UPDATE account SET sealed_secrets = $2 WHERE organisation = $1 AND account = $3"};
constexpr rows::Statement teams_of{"account.teams",
                                   "SELECT team FROM team_member WHERE organisation = $1 AND account = $2 "
                                   "ORDER BY added_at, team"};
constexpr rows::Statement last_seen{"account.last_seen",
                                    "SELECT MAX(seen_at) FROM session WHERE organisation = $1 AND account = $2"};

Place profile_of(AccountId account)
{
    return {"account", "profile", account};
}
Place secrets_of(AccountId account)
{
    return {"account", "secrets", account};
}

AccountRow row_from(const rows::Row& row)
{
    AccountRow account;
    account.id = row[0].id<AccountId>();
    account.role = role_from(row[1].text()).value_or(Role::Person);
    if (!row[2].null())
        account.person = row[2].id<PersonId>();
    account.login_hash = row[3].blob();
    account.suspended = row[4].text() != "active";
    account.created_at = row[5].instant();
    account.sealed_profile = row[6].blob();
    account.sealed_secrets = row[7].blob();
    return account;
}

Result<std::optional<AccountRow>> one(Reading& reading, const rows::Statement& statement, rows::Value value)
{
    const auto found = TRY(reading.rows(statement, {std::move(value)}));
    if (found.empty())
        return std::optional<AccountRow>{};
    return std::optional{row_from(found.front())};
}

Result<Fields> opened(Reading& reading, const AccountRow& row, const Place& place, const rows::Blob& sealed)
{
    const auto words = row.person ? TRY(reading.open(*row.person, place, sealed)) : TRY(reading.open(place, sealed));
    return Fields::decoded(words.reveal());
}

Result<rows::Blob> sealed(Writing& writing, const AccountRow& row, const Place& place, const Fields& fields)
{
    const Confidential words{fields.encoded()};
    return row.person ? writing.seal(*row.person, place, words) : writing.seal(place, words);
}

Fields written(const AccountProfile& profile)
{
    Fields fields{{"login", profile.login},
                  {"display_name", profile.display_name},
                  {"language", profile.language},
                  {"theme", profile.theme}};
    if (!profile.work_mail.empty())
        fields.add("work_mail", profile.work_mail);
    if (!profile.work_phone.empty())
        fields.add("work_phone", profile.work_phone);
    if (!profile.no_texts_to.empty())
        fields.add("no_texts_to", profile.no_texts_to);
    return fields;
}

Fields written(const AccountSecrets& secrets)
{
    Fields fields{{"password", secrets.password}, {"totp", secrets.totp}, {"totp_pending", secrets.totp_pending}};
    fields.add("totp_step", secrets.totp_step);
    for (const auto& hash : secrets.recovery)
        fields.add("recovery", hash);
    return fields;
}

} // namespace

Result<std::optional<AccountRow>> find_account(Reading& reading, AccountId account)
{
    return one(reading, by_id, account);
}

Result<std::optional<AccountRow>> find_account_of(Reading& reading, PersonId person)
{
    return one(reading, by_person, person);
}

Result<std::optional<AccountRow>> find_account_by_login(Reading& reading, const std::string& login_hash)
{
    return one(reading, by_login, rows::Blob{login_hash});
}

Result<AccountRow> account_row(Reading& reading, AccountId account)
{
    auto found = TRY(find_account(reading, account));
    if (!found)
        return not_found("There is no such account.");
    return *std::move(found);
}

Result<std::vector<AccountRow>> staff_rows(Reading& reading)
{
    std::vector<AccountRow> all;
    for (const auto& row : TRY(reading.rows(all_staff, {})))
        all.push_back(row_from(row));
    return all;
}

Result<AccountProfile> open_profile(Reading& reading, const AccountRow& row)
{
    const auto fields = TRY(opened(reading, row, profile_of(row.id), row.sealed_profile));
    return AccountProfile{fields.text("login"), fields.text("display_name"), fields.text("language"),
                          fields.text("theme"),     fields.text("work_mail"),    fields.text("work_phone"),
                          fields.text("no_texts_to")};
}

Result<AccountSecrets> open_secrets(Reading& reading, const AccountRow& row)
{
    const auto fields = TRY(opened(reading, row, secrets_of(row.id), row.sealed_secrets));
    return AccountSecrets{fields.text("password"), fields.text("totp"), fields.number("totp_step"),
                          fields.text("totp_pending"), fields.texts("recovery")};
}

Result<void> save_profile(Writing& writing, const AccountRow& row, const AccountProfile& profile)
{
    auto blob = TRY(sealed(writing, row, profile_of(row.id), written(profile)));
    TRY(writing.change(update_profile, {std::move(blob), row.id}));
    return {};
}

Result<void> save_secrets(Writing& writing, const AccountRow& row, const AccountSecrets& secrets)
{
    auto blob = TRY(sealed(writing, row, secrets_of(row.id), written(secrets)));
    TRY(writing.change(update_secrets, {std::move(blob), row.id}));
    return {};
}

Result<void> add_account(Writing& writing, const AccountRow& row, const AccountProfile& profile,
                         const AccountSecrets& secrets)
{
    if (TRY(find_account_by_login(writing, row.login_hash.bytes))) {
        auto taken = conflict("This sign-in name is taken.");
        taken.where = "login";
        return taken;
    }
    auto profile_blob = TRY(sealed(writing, row, profile_of(row.id), written(profile)));
    auto secrets_blob = TRY(sealed(writing, row, secrets_of(row.id), written(secrets)));
    TRY(writing.change(insert, {row.id, name(row.role), row.person ? rows::Value(*row.person) : rows::Value(),
                                row.login_hash, row.suspended ? "suspended" : "active", row.created_at,
                                std::move(profile_blob), std::move(secrets_blob)}));
    return {};
}

Result<Account> account_from(Reading& reading, const AccountRow& row)
{
    auto profile = TRY(open_profile(reading, row));
    Account account;
    account.id = row.id;
    account.role = row.role;
    account.person = row.person;
    account.login = std::move(profile.login);
    account.display_name = std::move(profile.display_name);
    account.language = std::move(profile.language);
    account.theme = std::move(profile.theme);
    account.suspended = row.suspended;
    account.second_factor = !TRY(open_secrets(reading, row)).totp.empty();
    account.created_at = row.created_at;
    for (const auto& team : TRY(reading.rows(teams_of, {row.id})))
        account.teams.push_back(team[0].id<TeamId>());
    const auto seen = TRY(reading.rows(last_seen, {row.id}));
    if (!seen.empty() && !seen.front()[0].null())
        account.seen_at = seen.front()[0].instant();
    return account;
}

std::string login_form(std::string_view login)
{
    return lower_ascii(trimmed(login));
}

Result<std::string> checked_login(std::string_view login)
{
    auto form = login_form(login);
    const auto length = valid_utf8(form) ? code_points(form) : 0;
    const bool plain = form.find_first_of(std::string_view(" \t\r\n\0", 5)) == std::string::npos;
    if (length < 3 || length > 64 || !plain)
        return invalid("A sign-in name has 3 to 64 characters and no spaces.", "login");
    return form;
}

Result<std::string> checked_display_name(std::string_view name, bool required)
{
    const auto shown = trimmed(name);
    if (!valid_utf8(shown) || code_points(shown) > 80)
        return invalid("A name has at most 80 characters.", "display_name");
    if (required && shown.empty())
        return invalid("A name is needed, so that others know who this is.", "display_name");
    return std::string(shown);
}

} // namespace handrail::trust
