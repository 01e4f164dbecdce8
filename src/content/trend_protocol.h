#pragma once

#include <filesystem>

#include "base/result.h"
#include "domain/trend_protocol.h"

namespace handrail::content {

/// Reads content/protocols/trend.json. Invalid names file and JSON pointer.
Result<TrendProtocol> load_trend_protocol(const std::filesystem::path& content_folder);

} // namespace handrail::content
