#pragma once

#include <filesystem>

#include "base/result.h"
#include "domain/asking_protocol.h"

namespace handrail::content {

/// Reads content/protocols/asking.json. Invalid names file and JSON pointer.
Result<AskingProtocol> load_asking_protocol(const std::filesystem::path& content_folder);

} // namespace handrail::content
