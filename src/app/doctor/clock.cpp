#include "app/doctor/clock.h"

#include <fmt/format.h>
#include <sys/timex.h>

namespace handrail::app::doctor {

namespace {

/// Timers count in minutes: a clock that may be further off than this misleads whoever compares two machines.
constexpr std::chrono::seconds most_off{1};
/// As for a jump of the clock (base/steady_time.h): what was written a moment ago by another node is no news.
constexpr std::chrono::minutes ahead_allowed{1};

constexpr auto keep_time =
    "Let NTP keep it: timedatectl set-ntp true (in a container or virtual machine, on its host).";

} // namespace

std::optional<KernelClock> read_kernel_clock()
{
    timex asked{}; // modes = 0 changes nothing
    const int state = ::adjtimex(&asked);
    if (state < 0)
        return std::nullopt;
    return KernelClock{state != TIME_ERROR && (asked.status & STA_UNSYNC) == 0,
                       std::chrono::microseconds{asked.maxerror}};
}

Seen judge(const std::optional<KernelClock>& kernel)
{
    const std::string what = "clock";
    if (!kernel)
        return look(what, "The kernel does not say whether the clock is kept by NTP.",
                    "Compare it with another clock; times and escalations hang on it.");
    if (!kernel->synchronised)
        return look(what, "The kernel does not call the clock synchronised.", keep_time);
    const double seconds = std::chrono::duration<double>(kernel->at_most_off).count();
    if (kernel->at_most_off > most_off)
        return look(what, fmt::format("It is kept by NTP, but may be {:.1f} s off.", seconds), keep_time);
    return fine(what, fmt::format("Kept by NTP, at most {:.3f} s off, says the kernel.", seconds));
}

Seen judge_newest_entry(std::optional<Instant> newest, Instant now)
{
    const std::string what = "time in the store";
    if (!newest)
        return fine(what, "Nothing was written yet.");
    if (*newest - now <= ahead_allowed)
        return fine(what, fmt::format("The newest entry is of {}, which is past.", to_rfc3339(*newest)));
    return wrong(
        what,
        fmt::format("The newest entry is of {}, {} minutes from now: this clock is behind, or it was ahead when "
                    "that was written.",
                    to_rfc3339(*newest), std::chrono::ceil<std::chrono::minutes>(*newest - now).count()),
        "Set the clock right first; the service goes on from that entry until the clock has caught up.");
}

Seen judge_zone_database(bool known)
{
    if (known)
        return fine("time zones", "The system's time zones are there.");
    return wrong("time zones", "The system's time zones are missing: who reads when would be told in the wrong hours.",
                 "Install them: apt-get install tzdata.");
}

Seen judge_service_zone(const std::string& zone, bool known)
{
    if (known)
        return fine("staffed hours", fmt::format("Their time zone, {}, is known here.", zone));
    return wrong("staffed hours",
                 fmt::format("Their time zone, {}, is not known on this machine, and UTC stands in for it.", zone),
                 "Install tzdata, or choose another time zone on the administrator's page.");
}

} // namespace handrail::app::doctor
