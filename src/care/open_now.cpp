#include "care/open_now.h"

#include <algorithm>

#include "care/local_clock.h"

namespace handrail::care {

namespace {

/// Yesterday's hours may reach into today; a line that opens once a week opens within eight days.
constexpr Day back = -1;
constexpr Day ahead = 8;

OpenNow in_zone(const OpeningHours& hours, const std::string& zone, Instant now)
{
    const LocalClock clock(zone);
    const auto today = clock.day_of(now);
    std::vector<std::pair<Instant, Instant>> spans;
    for (Day day = today + back; day <= today + ahead; ++day)
        for (const auto& [from, to] : hours.days[static_cast<std::size_t>(weekday_of(day))])
            spans.emplace_back(clock.at(day, from), clock.at(day, to));
    std::sort(spans.begin(), spans.end());
    OpenNow found;
    for (const auto& [from, to] : spans) {
        if (to <= now)
            continue;
        if (from > (found.open ? *found.until : now)) {
            if (!found.open)
                found.until = from;
            break;
        }
        found.open = true; // and the next one may begin where this one ends
        found.until = std::max(to, found.until.value_or(to));
    }
    return found;
}

} // namespace

std::optional<OpenNow> open_now(const OpeningHours& hours, const std::vector<std::string>& zones, Instant now)
{
    if (hours.always)
        return OpenNow{true, std::nullopt};
    std::optional<OpenNow> agreed;
    for (const auto& zone : zones) {
        if (!is_zone(zone))
            return std::nullopt;
        const auto found = in_zone(hours, zone, now);
        if (!agreed) {
            agreed = found;
            continue;
        }
        if (agreed->open != found.open)
            return std::nullopt;
        if (agreed->until != found.until)
            agreed->until.reset();
    }
    return agreed;
}

} // namespace handrail::care
