#include "care/local_clock.h"

#include <date/tz.h>

namespace handrail::care {

namespace {

const date::time_zone* zone_of(const std::string& name)
{
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return nullptr; // a library that answers with an exception
    }
}

date::local_days local_days_of(Day day) { return date::local_days{date::days{day}}; }

} // namespace

LocalClock::LocalClock(const std::string& zone) : zone_(zone_of(zone))
{
    if (zone_ == nullptr)
        zone_ = date::locate_zone("UTC");
}

Day LocalClock::day_of(Instant at) const
{
    return date::floor<date::days>(zone_->to_local(at)).time_since_epoch().count();
}

int LocalClock::minute_of(Instant at) const
{
    const auto local = zone_->to_local(at);
    return static_cast<int>(date::floor<std::chrono::minutes>(local - date::floor<date::days>(local)).count());
}

Instant LocalClock::at(Day day, int minute) const
{
    return date::floor<Duration>(
        zone_->to_sys(local_days_of(day) + std::chrono::minutes{minute}, date::choose::earliest));
}

bool is_zone(const std::string& name) { return zone_of(name) != nullptr; }

int weekday_of(Day day)
{
    return static_cast<int>(date::weekday{local_days_of(day)}.iso_encoding()) - 1;
}

std::string to_text(Day day)
{
    return to_rfc3339(Instant{std::chrono::hours{24} * day}).substr(0, 10);
}

Result<Day> day_from(const std::string& written)
{
    const auto at = from_rfc3339(written);
    if (written.size() != 10 || !at.ok())
        return invalid("A day is written like 2026-03-02.");
    return static_cast<Day>(std::chrono::floor<std::chrono::hours>(at->time_since_epoch()).count() / 24);
}

} // namespace handrail::care
