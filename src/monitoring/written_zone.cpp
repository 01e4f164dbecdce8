#include "monitoring/written_zone.h"

namespace handrail::monitoring {

std::chrono::minutes written_zone(std::string_view at)
{
    if (at.size() < 6 || at[at.size() - 3] != ':' || (at[at.size() - 6] != '+' && at[at.size() - 6] != '-'))
        return std::chrono::minutes{0};
    const auto digit = [&](std::size_t from_end) { return at[at.size() - from_end] - '0'; };
    const std::chrono::minutes length{(digit(5) * 10 + digit(4)) * 60 + digit(2) * 10 + digit(1)};
    return at[at.size() - 6] == '-' ? -length : length;
}

std::string zone_text(std::chrono::minutes offset)
{
    const auto length = std::chrono::abs(offset).count();
    const auto two = [](long long number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return (offset.count() < 0 ? "-" : "+") + two(length / 60) + ":" + two(length % 60);
}

} // namespace handrail::monitoring
