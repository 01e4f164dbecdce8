#pragma once

#include <filesystem>

#include "base/result.h"
#include "content/instruments.h"
#include "domain/change_protocol.h"

namespace handrail::content {

/// Reads content/protocols/change.json and content/courses/. Invalid names JSON pointers; a flag that calls for more than soon, and a number
/// without a mark, are wrong.
Result<ChangeProtocol> load_change_protocol(const std::filesystem::path& content_folder, const Instruments& instruments);

} // namespace handrail::content
