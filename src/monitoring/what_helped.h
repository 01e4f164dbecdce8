#pragma once

#include <string_view>
#include <vector>

#include "monitoring/design_desk.h"
#include "monitoring/progress.h"
#include "trust/record.h"

/// What stands in answers and not in the course, for telling what helps.
namespace handrail::monitoring {

/// What somebody did, by their check-ins of the days that a course has, oldest first.
Result<std::vector<Did>> read_did(trust::Reading& reading, PersonId person, Instant now);

/// @param language  BCP 47 primary subtag; empty: the language that a design has first, which its staff wrote it in
Result<ScaleNames> scale_names(const Course& course, DesignsRead& designs, std::string_view language);

} // namespace handrail::monitoring
