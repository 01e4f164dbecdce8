#pragma once

#include <string>
#include <string_view>

#include "care/finding_counts.h"

namespace handrail::app::report {

struct Law {
    std::string_view id;    ///< "ca-sb243"
    std::string_view title; ///< as people call it
    std::string_view asks;  ///< what it asks a service to report, in our words
    std::string_view mark;  ///< how well that was read (safety.md Z)
};
/// Null when there is none of that name.
const Law* find_law(std::string_view id);
std::string law_names();

/// The yearly report (safety.md J2): how many times the words for danger with their contacts were given, by category, and how that
/// was counted. No personal data.
std::string law_words(const Law& law, const care::FindingCounts& counts, int year);

} // namespace handrail::app::report
