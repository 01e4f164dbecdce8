#include "base/phone_number.h"

#include <algorithm>

#include "base/text.h"

namespace handrail {

std::optional<std::string> phone_number(std::string_view written)
{
    std::string number;
    for (const char each : trimmed(written))
        if (std::string_view(" -()./").find(each) == std::string_view::npos)
            number.push_back(each);
    if (number.starts_with("00"))
        number.replace(0, 2, "+");
    const auto digits = number.substr(number.empty() ? 0 : 1);
    const bool all = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!number.starts_with('+') || !all || digits.size() < 7 || digits.size() > 15 || digits.front() == '0')
        return std::nullopt;
    return number;
}

} // namespace handrail
