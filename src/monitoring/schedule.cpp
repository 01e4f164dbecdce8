#include "monitoring/schedule.h"

#include <date/tz.h>

#include <algorithm>
#include <set>

#include "base/crypto.h"

namespace handrail::monitoring {

namespace {

using std::chrono::minutes;

constexpr int day_minutes = 24 * 60;
constexpr int week_minutes = 7 * day_minutes;
constexpr minutes longest_gap{12 * 60};
constexpr std::size_t most_times = 12;
// A week names each day once; a night on which a clock skips a time may leave one out.
constexpr int days_ahead = 16;

const date::time_zone* zone_of(const std::string& name)
{
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return nullptr; // a library that answers with an exception
    }
}

Instant instant_of(const date::time_zone* zone, date::local_days day, int minute)
{
    // Of a time that comes twice the first; of one that does not come, the moment at which it is skipped.
    return date::floor<Duration>(zone->to_sys(day + minutes{minute}, date::choose::earliest));
}

date::local_days day_of(const date::time_zone* zone, Instant at)
{
    return date::floor<date::days>(zone->to_local(at));
}

bool on(const AskTime& time, date::local_days day)
{
    return time.days.at(date::weekday{day}.iso_encoding() - 1);
}

/// Spread evenly over 0 .. below - 1, and the same on every node.
std::int64_t drawn(const std::string& seed, date::local_days day, std::size_t which, std::int64_t below)
{
    const auto id = id_of_named(seed + "/" + std::to_string(day.time_since_epoch().count()) + "/" + std::to_string(which));
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 7; ++i)
        number = number * 256 + id.bytes[i];
    return static_cast<std::int64_t>(number % static_cast<std::uint64_t>(below));
}

/// The moments of one day, in order. What the day before may still have asked is counted as late as it could have been,
/// so that a day can be worked out by itself.
std::vector<Instant> moments_of(const Schedule& schedule, const date::time_zone* zone, date::local_days day)
{
    std::vector<std::size_t> order;
    std::optional<Instant> before;
    for (std::size_t i = 0; i < schedule.times.size(); ++i) {
        const auto& time = schedule.times[i];
        if (on(time, day))
            order.push_back(i);
        if (const auto yesterday = day - date::days{1}; on(time, yesterday))
            before = std::max(before.value_or(Instant::min()), instant_of(zone, yesterday, time.to));
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::pair(schedule.times[a].from, a) < std::pair(schedule.times[b].from, b);
    });
    std::vector<Instant> moments;
    for (const auto which : order) {
        const auto& time = schedule.times[which];
        const auto begin = instant_of(zone, day, time.from);
        const auto end = instant_of(zone, day, time.to);
        const auto earliest = before ? std::max(begin, *before + schedule.least_gap) : begin;
        auto moment = begin;
        if (begin < end) {
            if (earliest >= end)
                continue;
            const auto room = std::chrono::ceil<minutes>(end - earliest).count();
            moment = earliest + minutes{drawn(schedule.seed, day, which, room)};
        } else if (begin < earliest) {
            continue;
        }
        if (!moments.empty() && moment <= moments.back())
            continue; // a clock skipped both: they are one
        moments.push_back(moment);
        before = moment;
    }
    return moments;
}

/// Whether two times of the week can lie nearer than the gap, going round from Sunday to Monday.
bool too_near(const Schedule& schedule)
{
    std::vector<std::pair<int, int>> spans; // from, to in minutes of the week
    for (const auto& time : schedule.times)
        for (int day = 0; day < 7; ++day)
            if (time.days.at(static_cast<std::size_t>(day)))
                spans.emplace_back(day * day_minutes + time.from, day * day_minutes + time.to);
    std::sort(spans.begin(), spans.end());
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const bool last = i + 1 == spans.size();
        const auto next = last ? spans.front().first + week_minutes : spans[i + 1].first;
        const bool same_day = !last && spans[i].first / day_minutes == spans[i + 1].first / day_minutes;
        const bool both_drawn = same_day && spans[i].second > spans[i].first && spans[i + 1].second > spans[i + 1].first;
        // Windows of one day may touch: the later moment is drawn from what the gap leaves of its window.
        const auto needed = both_drawn ? 0 : schedule.least_gap.count();
        if (next - spans[i].second < needed || (both_drawn && spans[i + 1].second - spans[i].second < schedule.least_gap.count()))
            return true;
    }
    return false;
}

} // namespace

bool known_zone(const std::string& name) { return zone_of(name) != nullptr; }

Result<void> check(const Schedule& schedule)
{
    if (!known_zone(schedule.zone))
        return invalid("Choose a time zone such as Europe/Dublin.", "/time_zone");
    if (schedule.anchor) {
        if (!schedule.times.empty())
            return invalid("Ask at times of the week or around an event, not both.", "/times");
        if (schedule.offset < -minutes{60 * day_minutes} || schedule.offset > minutes{366 * day_minutes})
            return invalid("At most 60 days before the event and a year after it.", "/offset_minutes");
        return {};
    }
    if (schedule.times.empty() || schedule.times.size() > most_times)
        return invalid("Give between one and twelve times.", "/times");
    for (std::size_t i = 0; i < schedule.times.size(); ++i) {
        const auto& time = schedule.times[i];
        const auto where = "/times/" + std::to_string(i);
        if (std::none_of(time.days.begin(), time.days.end(), [](bool day) { return day; }))
            return invalid("Choose at least one day of the week.", where + "/days");
        if (time.from < 0 || time.from >= day_minutes)
            return invalid("A time of day lies between 00:00 and 23:59.", where + "/from");
        if (time.to < time.from || time.to > day_minutes)
            return invalid("The end is not before the beginning, and at most 24:00.", where + "/to");
    }
    if (schedule.least_gap < minutes{0} || schedule.least_gap > longest_gap)
        return invalid("Between 0 and 720 minutes.", "/least_gap_minutes");
    if (too_near(schedule))
        return invalid("Two of these times lie nearer than the gap allows, or overlap.", "/times");
    return {};
}

std::optional<Instant> next_due(const Schedule& schedule, Instant after)
{
    if (schedule.anchor) {
        const auto at = *schedule.anchor + schedule.offset;
        return at > after ? std::optional{at} : std::nullopt;
    }
    const auto* zone = zone_of(schedule.zone);
    if (zone == nullptr)
        return std::nullopt;
    const auto today = day_of(zone, after);
    for (int ahead = -1; ahead <= days_ahead; ++ahead)
        for (const auto moment : moments_of(schedule, zone, today + date::days{ahead}))
            if (moment > after)
                return moment;
    return std::nullopt;
}

std::optional<Instant> next_due(const Schedule& schedule, Instant after, int step)
{
    auto due = next_due(schedule, after);
    for (int i = 1; i < step && due; ++i)
        due = next_due(schedule, *due);
    return due;
}

Instant after_quiet(const QuietHours& quiet, const std::string& zone_name, Instant at)
{
    const auto* zone = zone_of(zone_name);
    if (zone == nullptr)
        zone = date::locate_zone("UTC");
    if (quiet.from == quiet.to)
        return at;
    const auto today = day_of(zone, at);
    for (int day = -1; day <= 0; ++day) {
        const auto begin = instant_of(zone, today + date::days{day}, quiet.from);
        const auto end = instant_of(zone, today + date::days{day + (quiet.to < quiet.from ? 1 : 0)}, quiet.to);
        if (begin <= at && at < end)
            return end;
    }
    return at;
}

} // namespace handrail::monitoring
