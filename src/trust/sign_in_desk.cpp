#include "trust/sign_in_desk.h"

#include <algorithm>

#include "trust/account_row.h"
#include "trust/actor_desk.h"

namespace handrail::trust {

namespace {

Error wrong_name_or_password()
{
    return {ErrorKind::NotSignedIn, "The sign-in name or the password is not right.", {}, {}};
}

Error second_factor(std::string told)
{
    return {ErrorKind::NotAllowed, std::move(told), {}, "second-factor"};
}

Error code_wanted()
{
    return second_factor("Give the six digits from your authenticator app.");
}
Error code_wrong()
{
    return second_factor("That code is not right, or was used before. Wait for the next one and try again.");
}

/// Uses a code of the app, or a recovery code, up. False when it is neither.
bool take_code(AccountSecrets& secrets, const std::string& code, Instant now)
{
    if (const auto step = totp_step(secrets.totp, code, now, secrets.totp_step)) {
        secrets.totp_step = *step;
        return true;
    }
    const auto hash = recovery_code_hash(code);
    const auto left = std::find(secrets.recovery.begin(), secrets.recovery.end(), hash);
    if (left == secrets.recovery.end())
        return false;
    secrets.recovery.erase(left);
    return true;
}

/// Limits on codes count per account, apart from those on names.
std::string code_limit(AccountId account)
{
    return "code " + account.text();
}

} // namespace

/// What was found under a login; an empty account when there is none.
struct SignInDesk::Known {
    std::string login_hash;
    std::optional<AccountRow> row;
    AccountSecrets secrets;
};

Result<SignInDesk::Known> SignInDesk::known(const Actor& system, const std::string& login) const
{
    const auto form = login_form(login);
    Known found;
    found.login_hash = TRY(keyring_.look_up_hash(system.organisation(), "login", form));
    const auto person = TRY(keyring_.look_up(system.organisation(), "login", form));
    TRY(record_.read(system, [&](Reading& reading) -> Result<void> {
        found.row =
            person ? TRY(find_account_of(reading, *person)) : TRY(find_account_by_login(reading, found.login_hash));
        if (found.row)
            found.secrets = TRY(open_secrets(reading, *found.row));
        // Noted for names that nobody has, too: the time it takes must not tell them apart.
        reading.note({"check.sign_in", person, "account", found.row ? RawId(found.row->id) : RawId{}, {}, {}});
        return {};
    }));
    return found;
}

Error SignInDesk::failed(const Actor& system, const Known& known, const std::string& address, Error error) const
{
    limits_.failed(known.login_hash, address);
    const auto noted = record_.write(system, [&](Writing& writing) -> Result<void> {
        writing.note({"fail.sign_in",
                      known.row ? known.row->person : std::nullopt,
                      "account",
                      known.row ? RawId(known.row->id) : RawId{},
                      {},
                      {}});
        return {};
    });
    return noted ? std::move(error) : noted.error();
}

Result<SignInDesk::SignedIn> SignInDesk::sign_in(OrganisationId organisation, const Attempt& attempt) const
{
    const auto system = ActorDesk::system(organisation);
    if (attempt.login.size() > 256 || attempt.password.reveal().size() > 1024)
        return wrong_name_or_password();
    TRY(limits_.check(TRY(keyring_.look_up_hash(organisation, "login", login_form(attempt.login))), attempt.address));
    const auto found = TRY(known(system, attempt.login));
    if (!TRY(password_matches(found.secrets.password, attempt.password, cost_)))
        return failed(system, found, attempt.address, wrong_name_or_password());
    if (found.row->suspended)
        return not_allowed("This account is suspended. Please ask your administrator.");

    const auto account = found.row->id;
    std::optional<SignedIn> in;
    const auto written = record_.write(system, [&](Writing& writing) -> Result<void> {
        // Read again: the code may have been used, or the account suspended, since the password was checked.
        const auto row = TRY(account_row(writing, account));
        auto secrets = TRY(open_secrets(writing, row));
        if (row.suspended || secrets.password != found.secrets.password)
            return wrong_name_or_password();
        const bool has_factor = !secrets.totp.empty();
        if (has_factor) {
            if (attempt.code.empty())
                return code_wanted();
            if (!take_code(secrets, attempt.code, writing.now()))
                return code_wrong();
            TRY(save_secrets(writing, row, secrets));
        }
        in = SignedIn{account, row.role,
                      TRY(sessions_.begin(writing, {account, row.role, row.person, attempt.device, has_factor})),
                      is_staff(row.role) && !has_factor};
        writing.note({"sign_in.account", row.person, "account", account, {}, {}});
        return {};
    });
    if (!written) {
        if (written.error().where == "second-factor" && !attempt.code.empty())
            return failed(system, found, attempt.address, written.error());
        return written.error();
    }
    limits_.succeeded(found.login_hash);
    return *std::move(in);
}

Result<void> SignInDesk::change_password(const Actor& actor, const Confidential& old, const Confidential& fresh) const
{
    const auto limit = code_limit(actor.account());
    TRY(limits_.check(limit, {}));
    std::string hash;
    std::string login;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        const auto row = TRY(account_row(reading, actor.account()));
        hash = TRY(open_secrets(reading, row)).password;
        login = TRY(open_profile(reading, row)).login;
        reading.note({"read.account", actor.person(), "account", actor.account(), {}, {}});
        return {};
    }));
    if (hash.empty())
        return conflict("This account has no password.");
    if (!TRY(password_matches(hash, old, cost_))) {
        limits_.failed(limit, {});
        return invalid("The old password is not right.", "old");
    }
    TRY(check_password_rules(fresh, login, is_staff(actor.role())));
    const auto changed = TRY(hash_password(fresh, cost_));
    return record_.write(actor, [&](Writing& writing) -> Result<void> {
        const auto row = TRY(account_row(writing, actor.account()));
        auto secrets = TRY(open_secrets(writing, row));
        if (secrets.password != hash)
            return conflict("The password was changed elsewhere in the meantime.");
        secrets.password = changed;
        TRY(save_secrets(writing, row, secrets));
        TRY(sessions_.revoke_all(writing, actor.account(), actor.session()));
        writing.note({"change.password", actor.person(), "account", actor.account(), {}, {}});
        return {};
    });
}

Result<void> SignInDesk::re_authenticate(const Actor& actor, const Confidential& password,
                                         const std::string& code) const
{
    const auto limit = code_limit(actor.account());
    TRY(limits_.check(limit, {}));
    std::string hash;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        hash = TRY(open_secrets(reading, TRY(account_row(reading, actor.account())))).password;
        reading.note({"read.account", actor.person(), "account", actor.account(), {}, {}});
        return {};
    }));
    // Someone who uses Handrail without an account has only this device: the session is all there is to
    // prove.
    if (!hash.empty() && !TRY(password_matches(hash, password, cost_))) {
        limits_.failed(limit, {});
        return Error{ErrorKind::NotSignedIn, "The password is not right.", {}, "password"};
    }
    return record_.write(actor, [&](Writing& writing) -> Result<void> {
        const auto row = TRY(account_row(writing, actor.account()));
        if (!TRY(open_secrets(writing, row)).totp.empty())
            TRY(use_code(writing, code));
        TRY(sessions_.mark_proven(writing));
        writing.note({"prove.account", actor.person(), "account", actor.account(), {}, {}});
        return {};
    });
}

Result<void> SignInDesk::use_code(Writing& writing, const std::string& code) const
{
    const auto& actor = writing.actor();
    const auto limit = code_limit(actor.account());
    TRY(limits_.check(limit, {}));
    const auto row = TRY(account_row(writing, actor.account()));
    auto secrets = TRY(open_secrets(writing, row));
    if (secrets.totp.empty())
        return second_factor("Set up your second factor first.");
    if (code.empty())
        return code_wanted();
    if (!take_code(secrets, code, writing.now())) {
        limits_.failed(limit, {});
        return code_wrong();
    }
    return save_secrets(writing, row, secrets);
}

Result<TotpSetUp> SignInDesk::begin_second_factor(const Actor& actor, std::string_view service) const
{
    const auto secret = new_totp_secret();
    std::string login;
    TRY(record_.write(actor, [&](Writing& writing) -> Result<void> {
        const auto row = TRY(account_row(writing, actor.account()));
        auto secrets = TRY(open_secrets(writing, row));
        if (!secrets.totp.empty())
            TRY(sessions_.require_proof(writing));
        secrets.totp_pending = secret;
        TRY(save_secrets(writing, row, secrets));
        login = TRY(open_profile(writing, row)).login;
        writing.note({"begin.second_factor", actor.person(), "account", actor.account(), {}, {}});
        return {};
    }));
    return totp_set_up(secret, service, login);
}

Result<std::vector<std::string>> SignInDesk::confirm_second_factor(const Actor& actor, const std::string& code) const
{
    const auto limit = code_limit(actor.account());
    TRY(limits_.check(limit, {}));
    const auto codes = new_recovery_codes();
    const auto confirmed = record_.write(actor, [&](Writing& writing) -> Result<void> {
        const auto row = TRY(account_row(writing, actor.account()));
        auto secrets = TRY(open_secrets(writing, row));
        if (secrets.totp_pending.empty())
            return conflict("Begin to set the second factor up first.");
        const auto step = totp_step(secrets.totp_pending, code, writing.now(), 0);
        if (!step)
            return code_wrong();
        secrets.totp = std::exchange(secrets.totp_pending, {});
        secrets.totp_step = *step;
        secrets.recovery.clear();
        for (const auto& each : codes)
            secrets.recovery.push_back(recovery_code_hash(each));
        TRY(save_secrets(writing, row, secrets));
        TRY(sessions_.mark_second_factor(writing));
        writing.note({"confirm.second_factor", actor.person(), "account", actor.account(), {}, {}});
        return {};
    });
    if (!confirmed) {
        if (confirmed.error().where == "second-factor")
            limits_.failed(limit, {});
        return confirmed.error();
    }
    return codes;
}

Result<void> SignInDesk::recover(OrganisationId organisation, const std::string& login,
                                 const std::string& recovery_code, const Confidential& fresh,
                                 const std::string& address) const
{
    const auto system = ActorDesk::system(organisation);
    const Error wrong{ErrorKind::NotSignedIn, "The sign-in name or the recovery code is not right.", {}, {}};
    if (login.size() > 256 || recovery_code.size() > 64)
        return wrong;
    TRY(limits_.check(TRY(keyring_.look_up_hash(organisation, "login", login_form(login))), address));
    const auto found = TRY(known(system, login));
    const auto hash = recovery_code_hash(recovery_code);
    const bool good =
        found.row && !found.row->suspended &&
        std::find(found.secrets.recovery.begin(), found.secrets.recovery.end(), hash) != found.secrets.recovery.end();
    if (!good)
        return failed(system, found, address, wrong);
    TRY(check_password_rules(fresh, login, is_staff(found.row->role)));
    const auto changed = TRY(hash_password(fresh, cost_));
    const auto account = found.row->id;
    TRY(record_.write(system, [&](Writing& writing) -> Result<void> {
        const auto row = TRY(account_row(writing, account));
        auto secrets = TRY(open_secrets(writing, row));
        const auto left = std::find(secrets.recovery.begin(), secrets.recovery.end(), hash);
        if (left == secrets.recovery.end())
            return wrong;
        secrets.recovery.erase(left);
        secrets.password = changed;
        TRY(save_secrets(writing, row, secrets));
        TRY(sessions_.revoke_all(writing, account));
        writing.note({"recover.account", row.person, "account", account, {}, {}});
        return {};
    }));
    limits_.succeeded(found.login_hash);
    return {};
}

} // namespace handrail::trust
