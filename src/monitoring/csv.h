#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace handrail::monitoring {

/// The fields of one line of comma-separated text. A field may stand in double quotes, in which a quote is written twice;
/// a line break inside quotes is not supported. Nothing when a quote is not closed or has something after it.
std::optional<std::vector<std::string>> csv_fields(std::string_view line);

/// A decimal number with a point, and nothing else around it. Nothing for text, a comma, infinity or not-a-number.
std::optional<double> decimal_number(std::string_view text);

} // namespace handrail::monitoring
