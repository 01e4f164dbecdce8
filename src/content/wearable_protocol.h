#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "domain/daily_summary.h"

namespace handrail::content {

/// Reads content/protocols/wearables.json. Invalid names file and JSON pointer.
Result<WearableProtocol> load_wearable_protocol(const std::filesystem::path& content_folder);
/// Reads all content/imports/daily/*.json, in the order of their names; each column's measure is one of the protocol's.
Result<std::vector<DailyMapping>> load_daily_mappings(const std::filesystem::path& content_folder,
                                                      const WearableProtocol& protocol);
/// One such file from anywhere: a mapping that somebody wrote or changed.
Result<DailyMapping> load_daily_mapping(const std::filesystem::path& file, const WearableProtocol& protocol);

} // namespace handrail::content
