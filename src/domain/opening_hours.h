#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace handrail {

/// When a line answers in a week, on the clock of where it is.
struct OpeningHours {
    using Span = std::pair<int, int>; ///< minutes after midnight; the second may reach into the next day (1440 and more)
    std::array<std::vector<Span>, 7> days; ///< Monday first
    bool always = false;
};

/// Reads hours as the lists write them: "24/7", "16:00-24:00 daily", "Mon-Fri 09:00-17:00, Tue and Thu to 19:00",
/// "weekdays 14:00-20:00", "11:00-23:00, Fri-Sat to 03:00", with the name of a zone at the end or without one.
/// @return None for everything else ("business hours", "about 10:00", "24/7 (UNVERIFIED)"): nothing is claimed then.
std::optional<OpeningHours> opening_hours(std::string_view written);

} // namespace handrail
