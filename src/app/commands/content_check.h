#pragma once

#include <filesystem>
#include <iosfwd>

#include "base/clock.h"
#include "content/check.h"

namespace handrail::app {

/// `handrail content check`: one line for each finding, then a summary that says what nobody has reviewed.
/// @return 0 when nothing is wrong (what is unverified, unreviewed or unsigned is named and does not count), else 1.
int run_content_check(const std::filesystem::path& content_folder, Instant now, std::ostream& out);

} // namespace handrail::app
