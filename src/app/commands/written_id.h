#pragma once

#include <string>
#include <string_view>

namespace handrail::app {

/// The id of a line as it was written: 1.0 stays 1.0; "null" where there is none. The line is known to be well-formed
/// JSON with an object on top.
std::string written_id(std::string_view line);

} // namespace handrail::app
