#include "channels/letter.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"

namespace handrail::channels {

namespace {

std::string base64(std::string_view text)
{
    auto out = to_base64url(text);
    std::replace(out.begin(), out.end(), '-', '+');
    std::replace(out.begin(), out.end(), '_', '/');
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

} // namespace

std::string mail_date(Instant at)
{
    static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const auto day = std::chrono::floor<std::chrono::days>(seconds);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{seconds - day};
    std::array<char, 64> out{};
    std::snprintf(out.data(), out.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                  days.at(std::chrono::weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
                  months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return out.data();
}

std::string base64_lines(std::string_view text)
{
    constexpr std::size_t line = 76;
    const auto all = base64(text);
    std::string out;
    for (std::size_t at = 0; at < all.size(); at += line)
        out += all.substr(at, line) + "\r\n";
    return out;
}

std::string header_words(std::string_view text)
{
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
    return plain ? std::string(text) : "=?UTF-8?B?" + base64(text) + "?=";
}

} // namespace handrail::channels
