#include "support/clocks.h"

#include <algorithm>
#include <bit>

#include <boost/json.hpp>

namespace handrail::support {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::int64_t kept_days = 28;
constexpr std::size_t head_fields = 6;
constexpr std::size_t day_fields = 6;

std::vector<std::int64_t> numbers(const json::value& value)
{
    std::vector<std::int64_t> out;
    if (value.is_array())
        for (const auto& item : value.get_array())
            out.push_back(item.is_int64() ? item.get_int64() : 0);
    return out;
}

} // namespace

std::string LocalTime::text() const
{
    char out[16];
    std::snprintf(out, sizeof out, "%02d:%02d", minute / 60 % 24, minute % 60);
    return out;
}

LocalTime local_time(Instant at, std::chrono::minutes offset)
{
    const auto local = at + offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return {day.time_since_epoch().count(),
            static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(local - day).count())};
}

DayOfUse& today(Clocks& clocks)
{
    if (clocks.days.empty())
        clocks.days.emplace_back();
    return clocks.days.back();
}

void arrive(Clocks& clocks, Instant now, std::chrono::minutes offset, const RelianceProtocol& protocol)
{
    const bool first = clocks.written_at == Instant{};
    const Duration since = first ? Duration{protocol.sitting_gap} : std::max(now - clocks.written_at, Duration{0});
    const bool paused = clocks.paused_until != Instant{};
    if (first || (paused ? now >= clocks.paused_until : since >= protocol.sitting_gap)) {
        clocks.began_at = now;
        clocks.rested_at = {};
        clocks.paused_until = {};
        clocks.owes_rest = false;
    }
    const auto here = local_time(now, offset);
    if (clocks.days.empty() || clocks.days.back().day < here.day) {
        std::erase_if(clocks.days, [&](const DayOfUse& each) { return each.day <= here.day - kept_days; });
        clocks.days.emplace_back().day = here.day;
    }
    auto& use = clocks.days.back();
    const Duration spent = since < protocol.sitting_gap ? since : Duration{protocol.lone_message};
    use.spent += spent;
    const int hour = here.minute / 60;
    if (hour >= protocol.night_from_hour && hour < protocol.night_to_hour)
        use.at_night += spent;
    use.hours |= 1U << static_cast<unsigned>(hour);
    clocks.written_at = std::max(clocks.written_at, now);
}

int Leaning::of(std::string_view mark) const
{
    return mark == "hours"      ? hours
           : mark == "nights"   ? nights
           : mark == "all_day"  ? all_day
           : mark == "only_you" ? only_you
                                : cancelled;
}

Leaning leaning(const Clocks& clocks, const RelianceProtocol& protocol)
{
    Leaning out;
    Duration spent{};
    const auto last = clocks.days.empty() ? 0 : clocks.days.back().day;
    for (const auto& each : clocks.days) {
        if (each.day <= last - protocol.window_days)
            continue;
        spent += each.spent;
        out.nights += each.at_night >= protocol.night_minutes ? 1 : 0;
        out.all_day += std::popcount(each.hours) >= protocol.all_day_hours ? 1 : 0;
        out.only_you += each.only_you;
        out.cancelled += each.cancelled;
    }
    out.hours = static_cast<int>(std::chrono::duration_cast<std::chrono::hours>(spent).count());
    return out;
}

std::string clocks_text(const Clocks& clocks)
{
    json::array out;
    out.push_back(json::array{to_stored(clocks.began_at), to_stored(clocks.written_at), to_stored(clocks.rested_at),
                              to_stored(clocks.paused_until), clocks.owes_rest ? 1 : 0, clocks.named_on});
    for (const auto& each : clocks.days)
        out.push_back(json::array{each.day, static_cast<std::int64_t>(each.spent.count()),
                                  static_cast<std::int64_t>(each.at_night.count()),
                                  static_cast<std::int64_t>(each.hours), each.only_you, each.cancelled});
    return json::serialize(out);
}

Clocks clocks_from(std::string_view text)
{
    Clocks out;
    boost::system::error_code failed;
    const auto value = json::parse(text, failed);
    if (failed || !value.is_array() || value.get_array().empty())
        return out;
    const auto head = numbers(value.get_array().front());
    if (head.size() < head_fields)
        return out;
    out.began_at = from_stored(head[0]);
    out.written_at = from_stored(head[1]);
    out.rested_at = from_stored(head[2]);
    out.paused_until = from_stored(head[3]);
    out.owes_rest = head[4] != 0;
    out.named_on = head[5];
    for (std::size_t i = 1; i < value.get_array().size(); ++i) {
        const auto day = numbers(value.get_array()[i]);
        if (day.size() < day_fields)
            return {};
        out.days.push_back({day[0], Duration{day[1]}, Duration{day[2]}, static_cast<std::uint32_t>(day[3]),
                            static_cast<int>(day[4]), static_cast<int>(day[5])});
    }
    return out;
}

} // namespace handrail::support
