#pragma once

#include <optional>
#include <string>

namespace handrail::http::routes {

/// "09:00" of minutes after midnight.
std::string clock_time(int minute);
/// Minutes after midnight of "09:00"; nothing when it is no time of day. 24:00 is the end of one.
std::optional<int> minute_of(const std::string& written);

} // namespace handrail::http::routes
