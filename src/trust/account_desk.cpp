#include "trust/account_desk.h"

#include <algorithm>

#include "base/fields.h"
#include "base/text.h"
#include "trust/account_row.h"
#include "trust/person_profile.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement count_by_role{"account.counts",
                                        "SELECT role, COUNT(*) FROM account WHERE organisation = $1 AND "
                                        "state = 'active' GROUP BY role ORDER BY role"};
constexpr rows::Statement other_administrators{
    "account.other_administrators", "SELECT COUNT(*) FROM account WHERE organisation = $1 AND role = 'administrator' "
                                    "AND state = 'active' AND account <> $2"};
constexpr rows::Statement set_role{"account.set_role",
                                   "UPDATE account SET role = $2 WHERE organisation = $1 AND account = $3"};
constexpr rows::Statement set_state{"account.set_state",
                                    "UPDATE account SET state = $2 WHERE organisation = $1 AND account = $3"};
constexpr rows::Statement join_team{
    "account.join_team", "INSERT INTO team_member (organisation, team, account, added_at) VALUES ($1, $2, $3, $4)"};
constexpr rows::Statement set_person_profile{
    "account.set_person_profile", "UPDATE person SET sealed_profile = $2 WHERE organisation = $1 AND person = $3"};
constexpr rows::Statement set_person_language{
    "account.set_person_language", "UPDATE person SET language = $2 WHERE organisation = $1 AND person = $3"};

Result<void> only_staff(const Actor& actor)
{
    if (is_staff(actor.role()) || actor.role() == Role::System)
        return {};
    return not_allowed("This is for the service's staff.");
}

Result<void> only_administrator(const Actor& actor)
{
    if (actor.role() == Role::Administrator || actor.role() == Role::System)
        return {};
    return not_allowed("Only an administrator can do this.");
}

Result<void> another_administrator_is_left(Writing& writing, const AccountRow& row)
{
    if (row.role != Role::Administrator || row.suspended)
        return {};
    const auto found = TRY(writing.rows(other_administrators, {row.id}));
    if (found.front()[0].number() == 0)
        return conflict("This is the only administrator. Name another one first.");
    return {};
}

} // namespace

Result<Account> AccountDesk::own(const Actor& actor) const
{
    std::optional<Account> account;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        account = TRY(account_from(reading, TRY(account_row(reading, actor.account()))));
        if (actor.person())
            reading.note({"read.account", actor.person(), "account", actor.account(), {}, {}});
        return {};
    }));
    return *std::move(account);
}

Result<Account> AccountDesk::staff(Reading& reading, AccountId account) const
{
    TRY(only_staff(reading.actor()));
    const auto row = TRY(account_row(reading, account));
    if (row.person)
        return not_found("There is no such member of staff.");
    return account_from(reading, row);
}

Result<Account> AccountDesk::staff(const Actor& actor, AccountId account) const
{
    std::optional<Account> found;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        found = TRY(staff(reading, account));
        return {};
    }));
    return *std::move(found);
}

Result<std::vector<Account>> AccountDesk::all_staff(const Actor& actor) const
{
    TRY(only_staff(actor));
    std::vector<Account> all;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(staff_rows(reading)))
            all.push_back(TRY(account_from(reading, row)));
        return {};
    }));
    std::stable_sort(all.begin(), all.end(), [](const Account& a, const Account& b) {
        return lower_ascii(a.display_name) < lower_ascii(b.display_name);
    });
    return all;
}

Result<std::vector<AccountDesk::Count>> AccountDesk::counts(const Actor& actor) const
{
    TRY(only_staff(actor));
    std::vector<Count> all;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(reading.rows(count_by_role, {})))
            if (const auto role = role_from(row[0].text()))
                all.push_back({*role, row[1].number()});
        return {};
    }));
    return all;
}

Result<Account> AccountDesk::change_own(const Actor& actor, const OwnChange& change) const
{
    std::optional<std::string> display_name;
    if (change.display_name)
        display_name = TRY(checked_display_name(*change.display_name, is_staff(actor.role())));
    if (change.language && change.language->size() > 35)
        return invalid("A language is written like en or pt-BR.", "language");
    if (change.theme && change.theme->size() > 20)
        return invalid("There is no such theme.", "theme");
    std::optional<Account> account;
    TRY(record_.write(actor, [&](Writing& writing) -> Result<void> {
        auto row = TRY(account_row(writing, actor.account()));
        auto profile = TRY(open_profile(writing, row));
        profile.display_name = display_name.value_or(profile.display_name);
        profile.language = change.language.value_or(profile.language);
        profile.theme = change.theme.value_or(profile.theme);
        TRY(save_profile(writing, row, profile));
        if (row.person && display_name) {
            auto sealed = TRY(seal_person_profile(writing, *row.person, {{"display_name", *display_name}}));
            TRY(writing.change(set_person_profile, {std::move(sealed), *row.person}));
        }
        if (row.person && change.language)
            TRY(writing.change(set_person_language, {*change.language, *row.person}));
        writing.note({"change.account", actor.person(), "account", actor.account(), {}, {}});
        account = TRY(account_from(writing, TRY(account_row(writing, actor.account()))));
        return {};
    }));
    return *std::move(account);
}

Result<void> AccountDesk::change_role(const Actor& actor, AccountId account, Role role) const
{
    TRY(only_administrator(actor));
    if (!is_staff(role))
        return invalid("A member of staff is a clinician, a lead or an administrator.", "role");
    return record_.write(actor, [&](Writing& writing) -> Result<void> {
        const auto row = TRY(account_row(writing, account));
        if (row.person)
            return invalid("A person's account stays a person's account.", "role");
        if (row.role == role)
            return {};
        TRY(another_administrator_is_left(writing, row));
        TRY(writing.change(set_role, {name(role), account}));
        TRY(sessions_.revoke_all(writing, account));
        writing.note({"change.role",
                      {},
                      "account",
                      account,
                      {},
                      std::string(name(row.role)) + " to " + std::string(name(role))});
        return {};
    });
}

Result<void> AccountDesk::suspend(const Actor& actor, AccountId account, bool suspended) const
{
    TRY(only_administrator(actor));
    return record_.write(actor, [&](Writing& writing) -> Result<void> {
        const auto row = TRY(account_row(writing, account));
        if (row.suspended == suspended)
            return {};
        if (suspended)
            TRY(another_administrator_is_left(writing, row));
        TRY(writing.change(set_state, {suspended ? "suspended" : "active", account}));
        TRY(sessions_.revoke_all(writing, account));
        writing.note({suspended ? "suspend.account" : "restore.account", row.person, "account", account, {}, {}});
        return {};
    });
}

Result<AccountId> AccountDesk::create_staff(const Actor& system, const NewStaff& staff) const
{
    if (system.role() != Role::System)
        return not_allowed("Staff are invited.");
    if (!is_staff(staff.role))
        return invalid("A member of staff is a clinician, a lead or an administrator.", "role");
    const auto login = TRY(checked_login(staff.login));
    const auto display_name = TRY(checked_display_name(staff.display_name, true));
    const auto hash = TRY(keyring_.look_up_hash(system.organisation(), "login", login));
    if (TRY(keyring_.look_up(system.organisation(), "login", login)))
        return Error{ErrorKind::Conflict, "This sign-in name is taken.", {}, "login"};
    const auto account = AccountId::random();
    TRY(record_.write(system, [&](Writing& writing) -> Result<void> {
        AccountRow row;
        row.id = account;
        row.role = staff.role;
        row.login_hash = {hash};
        row.created_at = writing.now();
        AccountSecrets secrets;
        secrets.password = staff.password_hash;
        secrets.totp = staff.totp_secret.value_or("");
        TRY(add_account(writing, row, {login, display_name, {}, {}}, secrets));
        for (const auto& team : staff.teams)
            TRY(writing.change(join_team, {team, account, writing.now()}));
        writing.note({"create.account", {}, "account", account, {}, {}});
        return {};
    }));
    return account;
}

} // namespace handrail::trust
