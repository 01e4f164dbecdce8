#include "content/freshness.h"

#include <charconv>
#include <chrono>

namespace handrail::content {

namespace {

constexpr std::chrono::days fresh_for{180};

int number_in(std::string_view text)
{
    int number = -1;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failed == std::errc{} && end == text.data() + text.size() ? number : -1;
}

} // namespace

bool checked_long_ago(std::string_view checked_on, Instant now)
{
    if (checked_on.size() != 10 || checked_on[4] != '-' || checked_on[7] != '-')
        return true;
    const int year = number_in(checked_on.substr(0, 4));
    const int month = number_in(checked_on.substr(5, 2));
    const int day = number_in(checked_on.substr(8, 2));
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    return year < 0 || month < 0 || day < 0 || !date.ok() || now - std::chrono::sys_days{date} > fresh_for;
}

} // namespace handrail::content
