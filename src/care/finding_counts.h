#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/urgency.h"
#include "trust/record.h"

namespace handrail::care {

/// What one rule did in a stretch of time. Counts only: no words, no ids.
struct RuleCounts {
    std::map<Urgency, std::int64_t> findings;
    std::int64_t alerts = 0;    ///< that its findings raised; grouped ones count once
    std::int64_t agreed = 0;    ///< findings a clinician agreed with
    std::int64_t disagreed = 0;
    std::int64_t asked_the_same_day() const; ///< today, now and unknown
};

struct FindingCounts {
    std::int64_t people = 0; ///< who were there at the end of it, erased ones not
    /// "" : no rule is named, so the urgency came of what was not understood. "informant:…": in words of somebody close.
    std::map<std::string, RuleCounts> by_rule;
    std::map<Category, std::map<Urgency, std::int64_t>> by_category;
};

/// Of everybody in the organisation, half open in time. For System and leads.
Result<FindingCounts> count_findings(trust::Record& record, const Actor& actor, Instant from, Instant until);

/// Wilson's 95 % interval of a share (Wilson 1927). {0, 1} of nothing.
struct ShareInterval {
    double low = 0;
    double high = 1;
};
ShareInterval share_interval(std::int64_t of, std::int64_t all);


/// How often clinicians agreed with one rule, of its last findings that somebody judged. What nobody judged says nothing.
struct RulePrecision {
    std::int64_t judged = 0; ///< at most `last_judged`
    std::int64_t agreed = 0;
    ShareInterval interval;
    bool enough = false;     ///< fewer than `fewest_judged` tell nothing
};
constexpr int last_judged = 100;
constexpr int fewest_judged = 10;
/// @param rule  as `by_rule` names it; empty: Invalid. Clinicians and leads, over the whole service: counts that name nobody.
Result<RulePrecision> rule_precision(trust::Record& record, const Actor& actor, const std::string& rule);

} // namespace handrail::care
