#include "http/routes/clock_time.h"

namespace handrail::http::routes {

std::string clock_time(int minute)
{
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(minute / 60) + ":" + two(minute % 60);
}

std::optional<int> minute_of(const std::string& written)
{
    const auto digit = [&](std::size_t at) { return written[at] >= '0' && written[at] <= '9' ? written[at] - '0' : 99; };
    if (written.size() != 5 || written[2] != ':')
        return std::nullopt;
    const int hour = digit(0) * 10 + digit(1);
    const int minute = digit(3) * 10 + digit(4);
    if (hour > 24 || minute > 59 || hour * 60 + minute > 24 * 60)
        return std::nullopt;
    return hour * 60 + minute;
}

} // namespace handrail::http::routes
