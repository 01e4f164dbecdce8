#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace handrail::detect {

/// The first figures of every label set that has an evaluation.json in a folder of models or its folder `research`, as
/// a table in Markdown. NotFound when none has; Invalid, with the file, when one cannot be read.
Result<std::string> summary(const std::filesystem::path& models);

} // namespace handrail::detect
