#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/opening_hours.h"

namespace handrail::care {

/// Whether a line answers at a moment, by the hours it has in its list: holidays are in no list.
struct OpenNow {
    bool open = false;
    std::optional<Instant> until; ///< when that changes; empty where it never does, or where the zones of the country do not agree
};

/// @param zones  the time zones that its hours may stand in, IANA
/// @return None when nothing can be said: there is no zone, or one of them says open and another shut.
std::optional<OpenNow> open_now(const OpeningHours& hours, const std::vector<std::string>& zones, Instant now);

} // namespace handrail::care
