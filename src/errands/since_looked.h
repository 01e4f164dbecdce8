#pragma once

#include <string>
#include <vector>

#include "monitoring/course.h"

namespace handrail::errands {

/// What a course shows that whoever looked last has not seen, in a few words each: "PHQ-9 18 to 19", "3 check-ins", "No
/// check-in since". At most three, totals first. Pure.
std::vector<std::string> changed_since(const monitoring::Course& course, Instant looked, Instant now);

} // namespace handrail::errands
