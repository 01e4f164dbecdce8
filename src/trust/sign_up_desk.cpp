#include "trust/sign_up_desk.h"

#include <algorithm>
#include <array>

#include "base/crypto.h"
#include "base/text.h"
#include "trust/account_row.h"
#include "trust/actor_desk.h"
#include "trust/person_profile.h"
#include "trust/totp.h"

namespace handrail::trust {

namespace {

constexpr std::array<std::string_view, 5> age_bands{"under_13", "13_17", "18_25", "26_64", "65_plus"};

constexpr rows::Statement oldest_team{
    "sign_up.oldest_team", "SELECT team FROM team WHERE organisation = $1 ORDER BY created_at, team LIMIT 1"};
constexpr rows::Statement that_team{"sign_up.team", "SELECT team FROM team WHERE organisation = $1 AND team = $2"};
constexpr rows::Statement add_person{"sign_up.add_person",
                                     "INSERT INTO person (organisation, person, team, state, language, "
                                     "country, age_band, sealed_profile, created_at) "
                                     "VALUES ($1, $2, $3, 'active', $4, $5, $6, $7, $8)"};

bool is_country(std::string_view text)
{
    return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_language(std::string_view text)
{
    return text.size() >= 2 && text.size() <= 35 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
           });
}

Result<void> check(const SignUpDesk::Form& form)
{
    if (std::find(age_bands.begin(), age_bands.end(), form.age_band) == age_bands.end())
        return invalid("Choose an age band: under_13, 13_17, 18_25, 26_64 or 65_plus.", "age_band");
    if (!is_country(form.country))
        return invalid("A country is two capital letters, such as IE.", "country");
    if (!is_language(form.language))
        return invalid("A language is written like en or pt-BR.", "language");
    if (form.login.empty() != form.password.empty())
        return invalid("Give a sign-in name and a password, or neither to use Handrail without an account.",
                       form.login.empty() ? "login" : "password");
    for (const auto& [purpose, granted] : form.consents)
        if (std::find(consent_purposes.begin(), consent_purposes.end(), purpose) == consent_purposes.end())
            return invalid("There is no such purpose to agree to.", "consents");
    return {};
}

Result<TeamId> team_for(Reading& reading, TeamId wanted)
{
    const auto found = wanted.empty() ? TRY(reading.rows(oldest_team, {})) : TRY(reading.rows(that_team, {wanted}));
    if (found.empty())
        return conflict("The service has no such care team yet.");
    return found.front()[0].id<TeamId>();
}

} // namespace

Result<SignUpDesk::SignedUp> SignUpDesk::sign_up(OrganisationId organisation, const Form& form) const
{
    TRY(check(form));
    const auto display_name = TRY(checked_display_name(form.display_name, false));
    std::string login;
    std::string password_hash;
    if (!form.login.empty()) {
        login = TRY(checked_login(form.login));
        TRY(check_password_rules(form.password, login, false));
        password_hash = TRY(hash_password(form.password, cost_));
    }
    const auto system = ActorDesk::system(organisation);
    const auto person = PersonId::random();
    TRY(keyring_.create_person_key(organisation, person));
    auto signed_up = write(system, person, form, login, display_name, password_hash);
    // A key without a person opens nothing; it goes so that nothing of the attempt is left.
    if (!signed_up)
        TRY(keyring_.erase_person(organisation, person));
    return signed_up;
}

Result<SignUpDesk::SignedUp> SignUpDesk::write(const Actor& system, PersonId person, const Form& form,
                                               const std::string& login, const std::string& display_name,
                                               const std::string& password_hash) const
{
    const auto codes = login.empty() ? std::vector<std::string>{} : new_recovery_codes();
    const auto account = AccountId::random();
    const rows::Blob no_login{random_bytes(KeyedHash::size)};
    std::string staff_hash;
    if (!login.empty()) {
        staff_hash = TRY(keyring_.look_up_hash(system.organisation(), "login", login));
        if (auto claimed = keyring_.add_look_up(system.organisation(), person, "login", login); !claimed) {
            if (claimed.error().kind != ErrorKind::Conflict)
                return claimed.error();
            auto taken = conflict("This sign-in name is taken.");
            taken.where = "login";
            return taken;
        }
    }
    std::optional<SignedUp> up;
    TRY(record_.write(system, [&](Writing& writing) -> Result<void> {
        const auto team = TRY(team_for(writing, form.team));
        if (!staff_hash.empty() && TRY(find_account_by_login(writing, staff_hash))) {
            auto taken = conflict("This sign-in name is taken.");
            taken.where = "login";
            return taken;
        }
        auto profile = TRY(seal_person_profile(writing, person, {{"display_name", display_name}}));
        TRY(writing.change(
            add_person, {person, team, form.language, form.country, form.age_band, std::move(profile), writing.now()}));
        AccountSecrets secrets;
        secrets.password = password_hash;
        for (const auto& code : codes)
            secrets.recovery.push_back(recovery_code_hash(code));
        AccountRow row;
        row.id = account;
        row.role = Role::Person;
        row.person = person;
        row.login_hash = no_login;
        row.created_at = writing.now();
        TRY(add_account(writing, row, {login, display_name, form.language, {}}, secrets));
        std::vector<ConsentDesk::Answer> answers;
        answers.reserve(form.consents.size());
        for (const auto& [purpose, granted] : form.consents)
            answers.push_back({purpose, granted,
                               form.wordings.count(purpose) > 0 ? form.wordings.at(purpose) : form.wording, std::nullopt});
        TRY(consents_.put(writing, person, answers));
        up = SignedUp{account, person,
                      TRY(sessions_.begin(writing, {account, Role::Person, person, form.device, false})), codes};
        writing.note({"sign_up.person", person, "person", person, {}, {}});
        return {};
    }));
    return *std::move(up);
}

} // namespace handrail::trust
