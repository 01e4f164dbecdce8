#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace handrail::monitoring {

/// Summer time moves a clock by at most this much; more is another zone.
inline constexpr std::chrono::minutes summer_time{60};

/// The offset an instant is written with; none for Z and for a date alone. The text is known to be an instant.
std::chrono::minutes written_zone(std::string_view at);
/// "+01:00"
std::string zone_text(std::chrono::minutes offset);

} // namespace handrail::monitoring
