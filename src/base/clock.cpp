#include "base/clock.h"

#include <cstdio>

#include "base/steady_time.h"

namespace handrail {

std::string to_rfc3339(Instant at)
{
    using namespace std::chrono;
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const auto of_day = duration_cast<milliseconds>(at - day).count();
    char out[40];
    std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(of_day / 3600000), static_cast<int>(of_day / 60000 % 60),
                  static_cast<int>(of_day / 1000 % 60), static_cast<int>(of_day % 1000));
    return out;
}

namespace {

/// Reads exactly `count` digits at `at` and moves past them; -1 when they are not digits.
int digits(const std::string& written, std::size_t& at, int count)
{
    int value = 0;
    for (int i = 0; i < count; ++i, ++at) {
        if (at >= written.size() || written[at] < '0' || written[at] > '9')
            return -1;
        value = value * 10 + (written[at] - '0');
    }
    return value;
}

bool skip(const std::string& written, std::size_t& at, char expected)
{
    if (at < written.size() && written[at] == expected) {
        ++at;
        return true;
    }
    return false;
}

} // namespace

Result<Instant> from_rfc3339(const std::string& written)
{
    using namespace std::chrono;
    const Error wrong = invalid("An instant is written like 2026-03-02T22:10:00Z, or 2026-03-02 for midnight UTC.");
    std::size_t at = 0;
    const int y = digits(written, at, 4);
    if (y < 0 || !skip(written, at, '-'))
        return wrong;
    const int m = digits(written, at, 2);
    if (m < 0 || !skip(written, at, '-'))
        return wrong;
    const int d = digits(written, at, 2);
    if (d < 0)
        return wrong;
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    if (!date.ok())
        return wrong;
    Instant instant = time_point_cast<microseconds>(sys_days{date});
    if (at == written.size())
        return instant;
    if (!skip(written, at, 'T') && !skip(written, at, 't') && !skip(written, at, ' '))
        return wrong;
    const int hh = digits(written, at, 2);
    if (hh < 0 || hh > 23 || !skip(written, at, ':'))
        return wrong;
    const int mm = digits(written, at, 2);
    if (mm < 0 || mm > 59)
        return wrong;
    int ss = 0;
    std::int64_t micros = 0;
    if (skip(written, at, ':')) {
        ss = digits(written, at, 2);
        if (ss < 0 || ss > 60)
            return wrong;
        if (skip(written, at, '.')) {
            std::int64_t unit = 100000;
            bool any = false;
            while (at < written.size() && written[at] >= '0' && written[at] <= '9') {
                micros += (written[at] - '0') * unit;
                unit /= 10;
                ++at;
                any = true;
            }
            if (!any)
                return wrong;
        }
    }
    instant += hours{hh} + minutes{mm} + seconds{ss} + microseconds{micros};
    if (at == written.size() || skip(written, at, 'Z') || skip(written, at, 'z'))
        return at == written.size() ? Result<Instant>{instant} : Result<Instant>{wrong};
    const bool east = written[at] == '+';
    if (!east && written[at] != '-')
        return wrong;
    ++at;
    const int oh = digits(written, at, 2);
    skip(written, at, ':');
    const int om = digits(written, at, 2);
    if (oh < 0 || oh > 23 || om < 0 || om > 59 || at != written.size())
        return wrong;
    const auto offset = hours{oh} + minutes{om};
    return east ? instant - offset : instant + offset;
}

Instant SystemClock::now() const
{
    static const SteadyTime time;
    return time.now();
}

} // namespace handrail
