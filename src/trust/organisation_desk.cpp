#include "trust/organisation_desk.h"

#include <algorithm>

#include "trust/actor_desk.h"
#include "trust/team_desk.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement known{"organisation.known", "SELECT slug FROM organisation WHERE organisation = $1"};
constexpr rows::Statement insert{"organisation.insert",
                                 "INSERT INTO organisation (organisation, slug, created_at) VALUES ($1, $2, $3)"};

bool is_slug(const std::string& slug)
{
    return slug.size() >= 2 && slug.size() <= 40 && std::all_of(slug.begin(), slug.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

} // namespace

Result<std::vector<Keyring::Organisation>> OrganisationDesk::all() const
{
    return keyring_.organisations();
}

Result<std::vector<Keyring::Organisation>> OrganisationDesk::of_people() const
{
    auto organisations = TRY(keyring_.organisations());
    std::erase_if(organisations, [](const auto& each) { return each.slug == walk_organisation; });
    return organisations;
}

Result<std::optional<OrganisationId>> OrganisationDesk::find(const std::string& slug) const
{
    for (const auto& each : TRY(keyring_.organisations()))
        if (each.slug == slug)
            return std::optional{each.id};
    return std::optional<OrganisationId>{};
}

Result<OrganisationId> OrganisationDesk::create(const std::string& slug, const std::string& first_team) const
{
    if (!is_slug(slug))
        return invalid("An organisation's short name has 2 to 40 of a-z, 0-9 and '-'.", "slug");
    auto organisation = TRY(find(slug));
    if (!organisation) {
        organisation = OrganisationId::random();
        TRY(keyring_.create_organisation_key(*organisation, slug));
    }
    const auto system = ActorDesk::system(*organisation);
    const TeamDesk teams(record_);
    TRY(record_.write(system, [&](Writing& writing) -> Result<void> {
        if (!TRY(writing.rows(known, {})).empty())
            return {};
        TRY(writing.change(insert, {slug, writing.now()}));
        TRY(teams.create(writing, first_team));
        writing.note({"create.organisation", {}, "organisation", *organisation, {}, {}});
        return {};
    }));
    return *organisation;
}

} // namespace handrail::trust
