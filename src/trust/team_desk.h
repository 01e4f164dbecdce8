#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/record.h"

namespace handrail::trust {

struct Team {
    TeamId id;
    std::string name;
    std::vector<AccountId> members;
    std::int64_t people = 0;
    Instant created_at;
};

/// Care teams: a clinician opens only the people of their teams. Administrator or System change them; staff
/// may read.
class TeamDesk {
public:
    explicit TeamDesk(Record& record) : record_(record) {}

    Result<TeamId> create(const Actor& actor, const std::string& name) const;
    Result<TeamId> create(Writing& writing, const std::string& name) const;
    Result<void> rename(const Actor& actor, TeamId team, const std::string& name) const;
    Result<std::vector<Team>> all(const Actor& actor) const;
    Result<std::vector<Team>> of(const Actor& actor, AccountId account) const;
    Result<void> set_members(const Actor& actor, TeamId team, const std::vector<AccountId>& members) const;
    Result<void> set_teams(const Actor& actor, AccountId account, const std::vector<TeamId>& teams) const;
    /// Moves a person to a team, and names their clinician (empty: none).
    Result<void> place_person(const Actor& actor, PersonId person, TeamId team, AccountId clinician) const;

private:
    Record& record_;
};

} // namespace handrail::trust
