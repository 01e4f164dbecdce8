#pragma once

#include <filesystem>

#include "base/result.h"
#include "domain/reliance_protocol.h"

namespace handrail::content {

/// Reads protocols/reliance.json. Invalid names what is wrong in it.
Result<RelianceProtocol> load_reliance_protocol(const std::filesystem::path& content_folder);

} // namespace handrail::content
