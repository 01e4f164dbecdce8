#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace handrail {

/// What a wearable counted on one day, by what it measured: steps, minutes asleep, beats a minute at rest, milliseconds of
/// heart-rate variability, and the minute of the day at which sleep began and ended (0 to 1439 on the person's clock).
using DailyValues = std::map<std::string, double, std::less<>>;

/// By measure and day; a day without a value is not there.
using CountedByDay = std::map<std::string, std::map<std::chrono::sys_days, double>, std::less<>>;

/// A measure as content/protocols/wearables.json describes it.
struct DailyMeasure {
    std::string id;   ///< steps, sleep_minutes, sleep_start, sleep_end, resting_heart_rate, heart_rate_variability
    std::string name; ///< what staff and people read
    std::string unit; ///< empty for a time of day
    double lowest = 0;
    double highest = 0;
    bool time_of_day = false;
};

/// When a day without a value is a gap, and what may be said of a series. Nothing here raises an urgency.
struct WearableProtocol {
    std::string version;
    std::vector<DailyMeasure> measures;
    int gap_days = 0;         ///< this many whole days without a value are a gap
    int tell_after_days = 0;  ///< a gap that lasts is said in words once it is this long
    int needs_days = 0;       ///< of a run without a gap, before anything is said of its direction
    int recent_days = 0;      ///< the last days of such a run, beside those before them
    int drawn_days = 0;
    const DailyMeasure* measure(std::string_view id) const;
};

/// A column of somebody else's file that holds a daily value.
struct DailyColumn {
    std::string column;
    std::string measure;
    double times = 1; ///< what is in the file, times this, is the measure's unit: 60 for hours of sleep
};

/// content/imports/daily/*.json, or one that somebody looked at and changed.
struct DailyMapping {
    std::string id;
    std::string title;
    std::vector<std::string> recognised_by;
    std::string day_column;    ///< a date, or an instant whose date as it is written counts
    std::string person_column; ///< may be empty: then the file is of one person
    std::vector<DailyColumn> columns;
};

} // namespace handrail
