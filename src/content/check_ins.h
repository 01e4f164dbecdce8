#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "domain/check_in.h"

namespace handrail::content {

/// Reads content/check_ins/<id>.json. Invalid names file and JSON pointer.
/// @param content_folder The folder that holds `check_ins/`.
Result<CheckInForm> load_check_in_form(const std::filesystem::path& content_folder, const std::string& id);

} // namespace handrail::content
