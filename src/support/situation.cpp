#include "support/situation.h"

#include "care/service.h"
#include "support/clocks.h"

namespace handrail::support {

namespace {

/// From the two clocks' own faces: "23:30" in UTC and "00:30" there is one hour.
std::chrono::minutes offset_of(const std::string& local, Instant now)
{
    constexpr int day = 24 * 60;
    const int there = std::stoi(local.substr(0, 2)) * 60 + std::stoi(local.substr(3, 2));
    int apart = (there - local_time(now, std::chrono::minutes{0}).minute + day) % day;
    if (apart > 14 * 60) // no place is further ahead
        apart -= day;
    return std::chrono::minutes{apart};
}

} // namespace

Situation situation_at(const care::Service& service, Instant now)
{
    const auto staffed = care::staffed(service, now);
    Situation here;
    if (!staffed.now && staffed.next)
        here.nobody_until = staffed;
    here.now = now;
    here.staffed = staffed.now;
    here.told.at = care::local_time(service, now);
    here.local_offset = offset_of(here.told.at, now);
    here.limits.least_age_band = service.minimum_age_band;
    if (staffed.now)
        here.told.state = Told::State::Told; // without a name: who will open it is not known
    if (!service.own_line.phone.empty()) {
        CrisisLine own;
        own.id = "own";
        own.name = service.own_line.name;
        own.phone = service.own_line.phone;
        own.dial = service.own_line.phone;
        own.hours = service.own_line.hours;
        here.own_line = own;
    }
    if (!service.lines.empty()) {
        std::set<std::string, std::less<>> accepted;
        for (const auto& line : service.lines)
            accepted.insert(line.line);
        here.accepted_lines = std::move(accepted);
    }
    return here;
}

} // namespace handrail::support
