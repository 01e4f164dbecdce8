#pragma once

#include <filesystem>

#include "base/result.h"
#include "domain/next_steps.h"

namespace handrail::content {

/// Reads content/protocols/next_steps.json. Invalid names file and JSON pointer. Wrong is: a category with no way or with
/// two, a step or question that is not there, an alert about abuse that calls anybody but the person, a mark that is better
/// than its source's, and an outcome that is missing or closes what has to stay open.
Result<NextSteps> load_next_steps(const std::filesystem::path& content_folder);

} // namespace handrail::content
