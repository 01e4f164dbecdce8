#pragma once

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "trust/record.h"

/// Whose what is for soon is: who had it when it came, and who has it now.
namespace handrail::care {

/// Why an entry did not come to the person's clinician: they had theirs for the day.
enum class Beyond {
    No,
    Colleague, ///< somebody else of the team, who had the fewest that day, has it
    Team,      ///< everybody of the team had theirs: it is a lead's, who is told
};
/// "", colleague, team
std::string_view name(Beyond beyond);
Beyond beyond_from(std::string_view name);

/// For how many people a day new entries come to one clinician. Who had that many gets no more of that day; nothing is dropped.
struct DailyShare {
    int people = 0;
    Instant since; ///< when the day began, where the service is
};

/// Whose an entry is, worked out when it is read: a clinician who leaves takes nothing along.
class Owners {
public:
    static Result<Owners> read(trust::Reading& reading);
    /// An active clinician of the team.
    bool may_own(TeamId team, AccountId account) const { return clinicians_.contains({team, account}); }
    /// @param named      by a lead, or because the clinician had theirs for the day; empty: nobody
    /// @param clinician  the person's
    AccountId of(TeamId team, AccountId named, AccountId clinician, Beyond beyond) const;
    std::vector<AccountId> clinicians(TeamId team) const;

private:
    std::set<std::pair<TeamId, AccountId>> clinicians_;
    std::map<TeamId, AccountId> lead_of_;
    std::vector<AccountId> leads_;
};

/// To whom a new entry about somebody is given.
struct Given {
    AccountId to;    ///< empty: there is nobody
    AccountId named; ///< is kept as its owner; empty: it follows the person's clinician
    Beyond beyond = Beyond::No;
};
/// Whoever has an open entry about this person has the new one too: one look is for both. Otherwise the person's clinician, then a
/// colleague who is not on leave, then a lead. Only what is for soon is counted.
Result<Given> give(trust::Reading& reading, PersonId person, const DailyShare& share, std::int64_t day);

} // namespace handrail::care
