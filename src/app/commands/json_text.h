#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace handrail::app {

/// A JSON string with its quotes; well-formed UTF-8 stays as it is.
std::string json_quoted(std::string_view text);
/// The shortest writing that reads back as the same number. `whole` leaves the point out: 7, otherwise 7.0.
std::string json_number(double value, bool whole = false);

/// {"id":…,"line":…,"error":"…"}: what stands in the output for a line that could not be read.
/// @param id The id as JSON, "null" when it could not be read either.
std::string json_error_line(std::string_view id, std::size_t line, std::string_view error);

} // namespace handrail::app
