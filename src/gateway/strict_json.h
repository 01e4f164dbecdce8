#pragma once

#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "base/result.h"

namespace handrail::gateway {

/// Reads JSON that is then sent on as it came: what two readers could understand differently is refused (a name that stands
/// twice in one object, bytes that are no UTF-8), or one of them would be screened and the other answered.
///
/// Invalid says what is wrong, without quoting it.
Result<boost::json::value> read_strict_json(std::string_view text);

/// Every text in a value, at any depth: names are left out.
void texts_in(const boost::json::value& value, std::string& into);

/// A JSON text with its quotes.
std::string json_text(std::string_view text);

} // namespace handrail::gateway
