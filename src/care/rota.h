#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "care/local_clock.h"

/// Who is on call when: arithmetic over a weekly pattern, what was changed for a date, and who is away. No store and no words.
namespace handrail::care {

using ShiftId = Id<struct ShiftNoun>;
using OverrideId = Id<struct OverrideNoun>;
using LeaveId = Id<struct LeaveNoun>;

/// Each week again, by the service's own clock.
struct Shift {
    ShiftId id;
    TeamId team;
    AccountId account;
    int weekday = 0; ///< 0 for Monday: the day on which it begins
    int from = 0;    ///< minutes after midnight
    int to = 0;      ///< minutes after the same midnight: past 24 hours when it ends on the next day
};

/// Somebody else has the team's calls from one instant to another, in place of everybody in the pattern. Of two at the
/// same time the one made last counts.
struct Override {
    OverrideId id; ///< sorts like the instant at which it was made
    TeamId team;
    AccountId account;
    Instant from, until;
};

/// Days away, both included, by the service's calendar.
struct Leave {
    LeaveId id;
    AccountId account;
    Day first = 0, last = 0;
};

struct Rota {
    std::string time_zone = "UTC";
    std::vector<Shift> shifts;
    std::vector<Override> overrides;
    std::vector<Leave> leaves;
    std::set<AccountId> gone; ///< accounts that are suspended or no longer staff: never on call
};

/// A stretch of time in which the same people are on call.
struct Stretch {
    Instant from, until;
    std::vector<AccountId> who;  ///< sorted; empty: nobody
    std::vector<AccountId> away; ///< who would be, and is on leave or gone
    /// Somebody was meant to be on call, and nobody is.
    bool gap() const { return who.empty() && !away.empty(); }
};

/// Whether a team has a rota at all.
bool has_rota(const Rota& rota, TeamId team);
/// Who is on call for a team at an instant; empty: nobody.
std::vector<AccountId> on_call(const Rota& rota, TeamId team, Instant at);
/// From one instant to another without a hole, each stretch as long as it can be.
std::vector<Stretch> stretches(const Rota& rota, TeamId team, Instant from, Instant until);
/// Of them those in which somebody was meant to be on call and nobody is.
std::vector<Stretch> gaps(const Rota& rota, TeamId team, Instant from, Instant until);

} // namespace handrail::care
