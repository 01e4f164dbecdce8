#pragma once

#include <filesystem>

#include "base/result.h"
#include "domain/progress_protocol.h"

namespace handrail::content {

/// Reads content/protocols/progress.json. Invalid names file and JSON pointer.
Result<ProgressProtocol> load_progress_protocol(const std::filesystem::path& content_folder);

} // namespace handrail::content
