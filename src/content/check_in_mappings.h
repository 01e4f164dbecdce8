#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "domain/check_in_mapping.h"

namespace handrail::content {

/// Reads all content/imports/*.json, in the order of their names. Invalid names file and JSON pointer.
Result<std::vector<CheckInMapping>> load_check_in_mappings(const std::filesystem::path& content_folder);

/// One such file from anywhere: a mapping that somebody wrote or changed.
Result<CheckInMapping> load_check_in_mapping(const std::filesystem::path& file);

} // namespace handrail::content
