#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace handrail {

/// A telephone number as it is dialled from anywhere (E.164): "+353871234567" of "+353 (87) 123-4567". What people write
/// between digits goes, and 00 in front means +. None when there is no country, or too little or too much.
std::optional<std::string> phone_number(std::string_view written);

} // namespace handrail
