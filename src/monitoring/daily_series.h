#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/daily_summary.h"

namespace handrail::monitoring {

/// Days without a value, both ends among them. Nothing is known of them.
struct DailyGap {
    std::chrono::sys_days from{};
    std::chrono::sys_days to{};
    bool lasts = false; ///< nothing has come since
};

/// The last days of a run without a gap beside the days of the same run before them. It says what was counted, and neither
/// which way is worse nor why.
struct DailyDirection {
    int recent_days = 0; ///< with a value
    int earlier_days = 0;
    double recent = 0;   ///< mean
    double earlier = 0;
    bool differs = false; ///< their 95 % intervals do not meet
};

/// One measure of one person as it is drawn.
struct DailyCourse {
    std::string measure;
    std::string name;
    std::string unit;
    std::vector<std::pair<std::chrono::sys_days, double>> points; ///< earliest first
    std::vector<DailyGap> gaps;
    std::string no_data;                     ///< "No data since Tuesday 24 February 2026."; empty while there is some
    std::optional<DailyDirection> direction; ///< only within the last run, and not while a gap lasts
    std::string said;                        ///< of the direction or of why nothing is said of it, in a sentence
};

/// Draws a series and finds its gaps. Pure. Nothing is filled in: a day without a value is no value, and a run that a gap
/// ended is not compared with what comes after it.
/// @param today  of the person's own clock; it is not over, and its own missing value is no gap
DailyCourse daily_course(const WearableProtocol& protocol, const DailyMeasure& measure,
                         const std::map<std::chrono::sys_days, double>& values, std::chrono::sys_days today);

} // namespace handrail::monitoring
