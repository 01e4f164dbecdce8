#pragma once

#include <filesystem>

#include "base/result.h"
#include "domain/alert_policy.h"

namespace handrail::content {

/// Reads protocols/alerts.json. Invalid names what is wrong in it: a time longer than the longest, nobody to tell, no
/// channel for an urgency.
Result<AlertPolicy> load_alert_policy(const std::filesystem::path& content_folder);

} // namespace handrail::content
