#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/keyring.h"
#include "trust/record.h"

namespace handrail::trust {

/// Organisations on this server. The embedded server has one, "main".
class OrganisationDesk {
public:
    OrganisationDesk(Record& record, Keyring& keyring) : record_(record), keyring_(keyring) {}

    /// Makes the organisation's key, its row and its first team. Finds the organisation when it is there
    /// already, and completes one whose making was cut short.
    /// @param slug  2 to 40 of a-z, 0-9 and '-'
    Result<OrganisationId> create(const std::string& slug, const std::string& first_team = "Care team") const;
    Result<std::optional<OrganisationId>> find(const std::string& slug) const;
    Result<std::vector<Keyring::Organisation>> all() const;

private:
    Record& record_;
    Keyring& keyring_;
};

} // namespace handrail::trust
