#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"
#include "domain/alert_policy.h"
#include "domain/urgency.h"

namespace handrail::care {

/// How long a human may take before an alert goes to the next one. A service may set shorter times, never longer.
/// Defaults: safety.md G5 (person waiting in live chat: now 1 min, today 5; otherwise now 5, today 60 in staffed hours).
struct EscalationTimes {
    std::chrono::minutes now{5};
    std::chrono::minutes now_waiting{1};
    std::chrono::minutes today{60};
    std::chrono::minutes today_waiting{5};
    std::chrono::minutes again{5}; ///< after the lead was told: told again this often for now, `today` for the others
    int soon_days = 1;             ///< AlertPolicy::soon_days
    int gap_days = 14;             ///< AlertPolicy::gap_days
    int soon_people = 10;          ///< AlertPolicy::soon_people
    int longest_quiet_days = 28;   ///< AlertPolicy::longest_quiet_days
};

EscalationTimes times_of(const AlertPolicy& policy);

/// The time until the next human is told. Unknown takes today's timer; soon and usual raise no alert and have none.
std::optional<Duration> time_to_answer(const EscalationTimes& times, Urgency urgency, int step, bool person_waiting);

} // namespace handrail::care
