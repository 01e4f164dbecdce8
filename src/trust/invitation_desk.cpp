#include "trust/invitation_desk.h"

#include <chrono>
#include <cstring>

#include "base/crypto.h"
#include "base/fields.h"
#include "base/text.h"
#include "trust/account_row.h"
#include "trust/actor_desk.h"

namespace handrail::trust {

namespace {

constexpr std::chrono::hours lasts{72};
constexpr std::size_t id_size = 16;
constexpr std::size_t token_size = id_size + 32;

constexpr rows::Statement insert{
    "invitation.insert", "INSERT INTO invitation (organisation, invitation, token_hash, purpose, role, sealed_details, "
                         "created_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr rows::Statement still_waiting{
    "invitation.waiting", "SELECT invitation, purpose, role, sealed_details, created_at, ends_at FROM invitation "
                          "WHERE organisation = $1 AND used_at IS NULL AND ends_at > $2 ORDER BY created_at"};
constexpr rows::Statement by_token{
    "invitation.by_token", "SELECT invitation, purpose, role, sealed_details, created_at, ends_at FROM invitation "
                           "WHERE organisation = $1 AND token_hash = $2 AND used_at IS NULL AND ends_at > $3"};
constexpr rows::Statement use{"invitation.use", "UPDATE invitation SET used_at = $2, account = $3 "
                                                "WHERE organisation = $1 AND invitation = $4 AND used_at IS NULL"};
constexpr rows::Statement remove{
    "invitation.remove", "DELETE FROM invitation WHERE organisation = $1 AND invitation = $2 AND used_at IS NULL"};
constexpr rows::Statement team_there{"invitation.team", "SELECT team FROM team WHERE organisation = $1 AND team = $2"};
constexpr rows::Statement join{
    "invitation.join", "INSERT INTO team_member (organisation, team, account, added_at) VALUES ($1, $2, $3, $4)"};

Place details_of(InvitationId invitation)
{
    return {"invitation", "details", invitation};
}

Error no_invitation()
{
    return not_found("This invitation is not valid any more. Please ask for a new one.");
}

std::optional<InvitationPurpose> purpose_from(std::string_view text)
{
    for (const auto each : {InvitationPurpose::Staff, InvitationPurpose::Person, InvitationPurpose::Administrator})
        if (name(each) == text)
            return each;
    return std::nullopt;
}

Result<Invitation> invitation_from(Reading& reading, const rows::Row& row)
{
    Invitation invitation;
    invitation.id = row[0].id<InvitationId>();
    invitation.purpose = purpose_from(row[1].text()).value_or(InvitationPurpose::Person);
    invitation.role = role_from(row[2].text()).value_or(Role::Person);
    const auto words = TRY(reading.open(details_of(invitation.id), row[3].blob()));
    const auto details = TRY(Fields::decoded(words.reveal()));
    invitation.display_name = details.text("display_name");
    invitation.email = details.text("email");
    if (const auto& team = details.text("team"); !team.empty())
        invitation.team = TRY(TeamId::from(team));
    invitation.created_at = row[4].instant();
    invitation.ends_at = row[5].instant();
    return invitation;
}

Result<Invitation> invitation_with(Reading& reading, const std::string& token_hash)
{
    const auto found = TRY(reading.rows(by_token, {rows::Blob{token_hash}, reading.now()}));
    if (found.empty())
        return no_invitation();
    return invitation_from(reading, found.front());
}

struct Read {
    OrganisationId organisation;
    std::string hash;
};

Result<Read> read_token(const std::string& token)
{
    std::string bytes;
    if (token.size() > 100 || !from_base64url(token, bytes) || bytes.size() != token_size)
        return no_invitation();
    Read read;
    std::memcpy(read.organisation.bytes.data(), bytes.data(), id_size);
    read.hash = hash_of_random(bytes);
    return read;
}

bool fits(InvitationPurpose purpose, Role role)
{
    switch (purpose) {
    case InvitationPurpose::Staff:
        return is_staff(role);
    case InvitationPurpose::Administrator:
        return role == Role::Administrator;
    case InvitationPurpose::Person:
        return role == Role::Person;
    }
    return false;
}

} // namespace

std::string_view name(InvitationPurpose purpose)
{
    switch (purpose) {
    case InvitationPurpose::Staff:
        return "staff";
    case InvitationPurpose::Person:
        return "person";
    case InvitationPurpose::Administrator:
        break;
    }
    return "administrator";
}

Result<InvitationDesk::Sent> InvitationDesk::create(const Actor& actor, const New& invitation) const
{
    if (actor.role() != Role::Administrator && actor.role() != Role::System)
        return not_allowed("Only an administrator invites.");
    if (!fits(invitation.purpose, invitation.role))
        return invalid("This role does not fit the invitation.", "role");
    const auto display_name = TRY(checked_display_name(invitation.display_name, false));
    if (invitation.email.size() > 254 || !valid_utf8(invitation.email))
        return invalid("An e-mail address has at most 254 characters.", "email");
    const auto organisation = actor.organisation();
    const auto token = std::string(reinterpret_cast<const char*>(organisation.bytes.data()), id_size) +
                       random_bytes(token_size - id_size);
    Sent sent{InvitationId::random(), to_base64url(token), {}};
    TRY(record_.write(actor, [&](Writing& writing) -> Result<void> {
        if (!invitation.team.empty() && TRY(writing.rows(team_there, {invitation.team})).empty())
            return invalid("There is no such team.", "team");
        sent.ends_at = writing.now() + lasts;
        const Fields details{{"display_name", display_name},
                             {"email", invitation.email},
                             {"team", invitation.team.empty() ? std::string{} : invitation.team.text()}};
        auto sealed = TRY(writing.seal(details_of(sent.id), Confidential(details.encoded())));
        TRY(writing.change(insert, {sent.id, rows::Blob{hash_of_random(token)}, name(invitation.purpose),
                                    name(invitation.role), std::move(sealed), writing.now(), sent.ends_at}));
        writing.note({"create.invitation", {}, "invitation", sent.id, {}, {}});
        return {};
    }));
    return sent;
}

Result<std::vector<Invitation>> InvitationDesk::waiting(const Actor& actor) const
{
    if (actor.role() != Role::Administrator && actor.role() != Role::System)
        return not_allowed("Only an administrator sees invitations.");
    std::vector<Invitation> all;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(reading.rows(still_waiting, {reading.now()})))
            all.push_back(TRY(invitation_from(reading, row)));
        return {};
    }));
    return all;
}

Result<void> InvitationDesk::withdraw(const Actor& actor, InvitationId invitation) const
{
    if (actor.role() != Role::Administrator && actor.role() != Role::System)
        return not_allowed("Only an administrator withdraws invitations.");
    return record_.write(actor, [&](Writing& writing) -> Result<void> {
        if (TRY(writing.change(remove, {invitation})) == 0)
            return not_found("This invitation is not waiting any more.");
        writing.note({"withdraw.invitation", {}, "invitation", invitation, {}, {}});
        return {};
    });
}

Result<Invitation> InvitationDesk::find(const std::string& token) const
{
    const auto read = TRY(read_token(token));
    std::optional<Invitation> found;
    auto looked = record_.read(ActorDesk::system(read.organisation), [&](Reading& reading) -> Result<void> {
        found = TRY(invitation_with(reading, read.hash));
        return {};
    });
    if (!looked)
        return std::move(looked).error();
    return *std::move(found);
}

Result<InvitationDesk::Accepted> InvitationDesk::accept(const std::string& token, const std::string& display_name,
                                                        const std::string& login, const Confidential& password,
                                                        std::string_view service) const
{
    const auto read = TRY(read_token(token));
    const auto invitation = TRY(find(token));
    if (invitation.purpose == InvitationPurpose::Person)
        return invalid("This invitation is for someone to sign up.");
    const auto shown = TRY(checked_display_name(display_name, true));
    const auto form = TRY(checked_login(login));
    TRY(check_password_rules(password, form, true));
    if (TRY(keyring_.look_up(read.organisation, "login", form)))
        return Error{ErrorKind::Conflict, "This sign-in name is taken.", {}, "login"};
    const auto login_hash = TRY(keyring_.look_up_hash(read.organisation, "login", form));
    AccountSecrets secrets;
    secrets.password = TRY(hash_password(password, cost_));
    secrets.totp_pending = new_totp_secret();
    const auto account = AccountId::random();
    TRY(record_.write(ActorDesk::system(read.organisation), [&](Writing& writing) -> Result<void> {
        // Again inside: two people may have opened the same link.
        const auto still = TRY(invitation_with(writing, read.hash));
        AccountRow row;
        row.id = account;
        row.role = still.role;
        row.login_hash = {login_hash};
        row.created_at = writing.now();
        TRY(add_account(writing, row, {form, shown, {}, {}}, secrets));
        if (!still.team.empty() && !TRY(writing.rows(team_there, {still.team})).empty())
            TRY(writing.change(join, {still.team, account, writing.now()}));
        if (TRY(writing.change(use, {writing.now(), account, still.id})) == 0)
            return no_invitation();
        writing.note({"accept.invitation", {}, "account", account, {}, {}});
        return {};
    }));
    return Accepted{account, invitation.role, TRY(totp_set_up(secrets.totp_pending, service, form))};
}

Result<void> InvitationDesk::used(const std::string& token, AccountId by) const
{
    const auto read = TRY(read_token(token));
    return record_.write(ActorDesk::system(read.organisation), [&](Writing& writing) -> Result<void> {
        const auto invitation = TRY(invitation_with(writing, read.hash));
        TRY(writing.change(use, {writing.now(), by, invitation.id}));
        writing.note({"accept.invitation", {}, "account", by, {}, {}});
        return {};
    });
}

} // namespace handrail::trust
