#pragma once

#include <string>
#include <utility>
#include <vector>

#include "monitoring/course.h"
#include "monitoring/design_desk.h"

/// What a service asked in its own words, as staff read it beside everything else.
namespace handrail::errands {

/// A scale of a designed check-in over time: its own series, in one version.
struct DesignedSeries {
    std::string form;
    int version = 1;
    std::string item;
    std::string title;
    std::string question;
    int lowest = 0;
    int highest = 0;
    std::string at_lowest; ///< what the ends mean
    std::string at_highest;
    std::string worse; ///< up, down, or "" for neither
    std::vector<std::pair<Instant, int>> points; ///< oldest first
};

/// In the language that the design has first: what staff wrote it in.
Result<std::vector<DesignedSeries>> designed_series(const monitoring::Course& course, monitoring::DesignsRead& designs);
/// "Evening check. How is your energy? 3 (0: none, 10: full). …"
Result<std::string> designed_words(const monitoring::KeptAnswer& answer, monitoring::DesignsRead& designs);

} // namespace handrail::errands
