#pragma once

#include <string>

#include "care/finding_counts.h"

namespace handrail::app::report {

/// What each rule did: findings, alerts per 100 people a week, and how often a clinician agreed.
std::string screening_words(const care::FindingCounts& counts, int days);

} // namespace handrail::app::report
