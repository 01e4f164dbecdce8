#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "base/result.h"

namespace handrail::app {

/// Reads JSON Lines and writes one line for each, in order and flushed: {"id":…,MEMBERS}, or
/// {"id":…,"line":…,"error":…} for a line that cannot be read. The id is echoed as it was written (1.0 stays 1.0);
/// blank lines are skipped.
/// @param members  what is said of one line's object, without braces; a failure says what is wrong with the line
/// @return 0, or 1 when some lines were not read
int answer_json_lines(std::istream& in, std::ostream& out,
                      const std::function<Result<std::string>(const boost::json::object&)>& members);

/// The id of a line as it was written (1e2 stays 1e2); "null" where there is none. The line is known to be well-formed JSON
/// with an object on top.
std::string written_id(std::string_view line);

/// The byte order mark that some programs put before the first line is no part of it.
void skip_byte_order_mark(std::string& first_line);

/// The member "text": a string of at most 4 MiB.
Result<std::string> text_member(const boost::json::object& object);

} // namespace handrail::app
