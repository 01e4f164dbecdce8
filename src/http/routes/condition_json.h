#pragma once

#include <set>
#include <string>

#include "domain/instrument.h"
#include "http/json_text.h"

namespace handrail::http::routes {

/// The items that a condition looks at, however deep they stand in it.
std::set<std::size_t> items_in(const Condition& condition);

/// When items need not be asked, in the form of the instrument's file, for a page that asks them one after the other. What a
/// page cannot know (a score, a context) never holds there: it asks one question too many rather than one too few.
JsonObject condition_json(const Condition& condition, const Instrument& instrument);
/// Every skip rule, and the gate as one: `items` take `value` and are not asked `when`.
JsonList skips_json(const Instrument& instrument);

} // namespace handrail::http::routes
