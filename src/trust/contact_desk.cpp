#include "trust/contact_desk.h"

#include <algorithm>
#include <array>

#include "base/crypto.h"
#include "trust/account_row.h"
#include "trust/actor_desk.h"
#include "trust/person_profile.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement oldest_team{
    "contact.oldest_team", "SELECT team FROM team WHERE organisation = $1 ORDER BY created_at, team LIMIT 1"};
constexpr rows::Statement add_person{"contact.add_person",
                                     "INSERT INTO person (organisation, person, team, state, language, country, "
                                     "age_band, sealed_profile, created_at) "
                                     "VALUES ($1, $2, $3, 'active', $4, $5, '', $6, $7)"};
constexpr rows::Statement update_age_band{
    "contact.age_band", "UPDATE person SET age_band = $2 WHERE organisation = $1 AND person = $3"};
constexpr std::array<std::string_view, 5> age_bands{"under_13", "13_17", "18_25", "26_64", "65_plus"};

} // namespace

Result<std::optional<Actor>> ContactDesk::acting(OrganisationId organisation, PersonId person) const
{
    std::optional<Actor> actor;
    TRY(record_.read(ActorDesk::system(organisation), [&](Reading& reading) -> Result<void> {
        actor.reset();
        if (const auto row = TRY(find_account_of(reading, person)))
            actor = ActorDesk::signed_in(organisation, row->id, Role::Person, person, {});
        return {};
    }));
    return actor;
}

Result<std::optional<Actor>> ContactDesk::known(OrganisationId organisation, const Contact& contact) const
{
    const auto person = TRY(keyring_.look_up(organisation, contact.field, contact.value));
    if (!person)
        return std::optional<Actor>{};
    auto actor = TRY(acting(organisation, *person));
    if (!actor) // what come_in() began was cut off: a key without a person opens nothing
        TRY(keyring_.erase_person(organisation, *person));
    return actor;
}

Result<Actor> ContactDesk::come_in(OrganisationId organisation, const Contact& contact, const Newcomer& newcomer) const
{
    const auto person = PersonId::random();
    const auto account = AccountId::random();
    TRY(keyring_.create_person_key(organisation, person));
    auto made = keyring_.add_look_up(organisation, person, contact.field, contact.value);
    if (made.ok())
        made = record_.write(ActorDesk::system(organisation), [&](Writing& writing) -> Result<void> {
            const auto team = TRY(writing.rows(oldest_team, {}));
            if (team.empty())
                return conflict("The service has no care team yet.");
            auto profile = TRY(seal_person_profile(writing, person, {{"display_name", ""}}));
            TRY(writing.change(add_person, {person, team.front()[0].id<TeamId>(), newcomer.language, newcomer.country,
                                            std::move(profile), writing.now()}));
            AccountRow row;
            row.id = account;
            row.role = Role::Person;
            row.person = person;
            row.login_hash = rows::Blob{random_bytes(KeyedHash::size)};
            row.created_at = writing.now();
            TRY(add_account(writing, row, {{}, {}, newcomer.language, {}}, {}));
            writing.note({"come_in.person", person, "person", person, {}, {}});
            return {};
        });
    if (!made.ok()) {
        TRY(keyring_.erase_person(organisation, person));
        return made.error();
    }
    return ActorDesk::signed_in(organisation, account, Role::Person, person, {});
}

Result<void> ContactDesk::belongs_to(OrganisationId organisation, PersonId person, const Contact& contact) const
{
    const auto before = TRY(keyring_.look_up(organisation, contact.field, contact.value));
    if (before == person)
        return {};
    if (before)
        TRY(keyring_.remove_look_up(organisation, *before, contact.field));
    TRY(keyring_.add_look_up(organisation, person, contact.field, contact.value));
    return record_.write(ActorDesk::system(organisation), [&](Writing& writing) -> Result<void> {
        writing.note({"link.contact", person, "person", person, {}, {}});
        if (before)
            writing.note({"unlink.contact", *before, "person", *before, {}, {}});
        return {};
    });
}

Result<void> ContactDesk::let_go(OrganisationId organisation, PersonId person,
                                 std::initializer_list<std::string_view> fields) const
{
    for (const auto field : fields)
        TRY(keyring_.remove_look_up(organisation, person, field));
    return record_.write(ActorDesk::system(organisation), [&](Writing& writing) -> Result<void> {
        writing.note({"unlink.contact", person, "person", person, {}, {}});
        return {};
    });
}

Result<void> ContactDesk::set_age_band(Writing& writing, PersonId person, std::string_view band) const
{
    if (std::find(age_bands.begin(), age_bands.end(), band) == age_bands.end())
        return invalid("There is no such age band.", "age_band");
    TRY(writing.change(update_age_band, {band, person}));
    writing.note({"change.age_band", person, "person", person, {}, {}});
    return {};
}

} // namespace handrail::trust
