#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

/// When something is asked, by a clock on somebody's wall. Pure: every node works out the same instants.
namespace handrail::monitoring {

/// A time of day on some days of the week. Minutes are those after midnight.
struct AskTime {
    std::array<bool, 7> days{}; ///< Monday first
    int from = 0;
    int to = 0; ///< the same as `from`: that minute; later: a moment drawn between the two, one a day
};

struct Schedule {
    std::string zone = "UTC"; ///< IANA, of the person
    std::vector<AskTime> times;
    std::chrono::minutes least_gap{0}; ///< between two moments; at most twelve hours
    std::string seed;                  ///< draws the moments
    /// Before an appointment or after an event, once: its instant, and how long after it (less than 0: before).
    std::optional<Instant> anchor;
    std::chrono::minutes offset{0};
};

/// Invalid names what is wrong and where: "/time_zone", "/times/1/from", "/times", "/least_gap_minutes".
Result<void> check(const Schedule& schedule);

/// The first moment after an instant; none when there is no more. A time of day that a clock skips is the first moment
/// after the skip; one that comes twice is the first of the two. Two that fall together are one, and one that would come
/// sooner than `least_gap` after another is left out.
std::optional<Instant> next_due(const Schedule& schedule, Instant after);
/// The `step`th moment after an instant: with 2, every other one.
std::optional<Instant> next_due(const Schedule& schedule, Instant after, int step);

/// Hours in which nothing is sent, by the person's own clock. From and to alike: none.
struct QuietHours {
    int from = 21 * 60; ///< minutes after midnight
    int to = 8 * 60;    ///< earlier than `from`: of the next morning
};
/// The same instant, or the end of the quiet hours that it falls into.
Instant after_quiet(const QuietHours& quiet, const std::string& zone, Instant at);

bool known_zone(const std::string& name);

} // namespace handrail::monitoring
