#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/keyring.h"
#include "trust/record.h"

namespace handrail::trust {

/// The organisation of the service's own walk (errands/walk.h): one made-up person, one made-up lead, nobody else.
inline constexpr std::string_view walk_organisation = "walk";

/// Organisations on this server. The embedded server has one, "main", and that of the walk.
class OrganisationDesk {
public:
    OrganisationDesk(Record& record, Keyring& keyring) : record_(record), keyring_(keyring) {}

    /// Makes the organisation's key, its row and its first team. Finds the organisation when it is there
    /// already, and completes one whose making was cut short.
    /// @param slug  2 to 40 of a-z, 0-9 and '-'
    Result<OrganisationId> create(const std::string& slug, const std::string& first_team = "Care team") const;
    Result<std::optional<OrganisationId>> find(const std::string& slug) const;
    Result<std::vector<Keyring::Organisation>> all() const;
    /// All but that of the walk: those whose people and alerts are counted.
    Result<std::vector<Keyring::Organisation>> of_people() const;

private:
    Record& record_;
    Keyring& keyring_;
};

} // namespace handrail::trust
