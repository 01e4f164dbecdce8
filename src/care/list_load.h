#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "trust/record.h"

namespace handrail::care {

/// What came to the lists in a stretch of time and what became of it. Counts only.
struct ListLoad {
    struct Of {
        AccountId account;          ///< a clinician, or a lead of what was nobody else's
        std::int64_t had = 0;       ///< entries that were given to them when they came, or that a lead named them for
        std::int64_t looked = 0;    ///< of these, somebody recorded what was done
        std::int64_t open = 0;      ///< nobody has looked
        std::int64_t overdue = 0;   ///< of the open ones, past the time by which somebody had to
        std::int64_t of_others = 0; ///< came to them because a colleague had theirs for the day
    };
    std::vector<Of> by_account;      ///< who had most first
    std::int64_t to_colleagues = 0;  ///< beyond the clinician's number, given to somebody else of the team
    std::int64_t beyond_team = 0;    ///< beyond everybody's: told to the leads
    std::int64_t kept_off = 0;       ///< found, and known beforehand (care/quiet_rules.h)
};

/// Half open in time. For leads. What came before such things were counted is left out.
Result<ListLoad> list_load(trust::Record& record, const Actor& actor, Instant from, Instant until);

} // namespace handrail::care
