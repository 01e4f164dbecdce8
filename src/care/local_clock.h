#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"

namespace date {
class time_zone;
}

namespace handrail::care {

/// A day of a calendar, counted from 1970-01-01.
using Day = std::int64_t;

/// The clock on a service's wall: what day and what minute it is there, across every change of the clocks. UTC when the zone is
/// unknown.
class LocalClock {
public:
    explicit LocalClock(const std::string& zone);

    Day day_of(Instant at) const;
    int minute_of(Instant at) const; ///< after midnight
    /// Of an hour that happens twice the first one counts; of one that does not happen, the moment it is skipped.
    /// @param minute  after midnight; more than a day reaches into the next ones
    Instant at(Day day, int minute) const;

private:
    const date::time_zone* zone_;
};

bool is_zone(const std::string& name);
/// 0 for Monday.
int weekday_of(Day day);
/// "2026-03-02", and back; Invalid when it is no day.
std::string to_text(Day day);
Result<Day> day_from(const std::string& written);

} // namespace handrail::care
