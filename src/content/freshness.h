#pragma once

#include <string_view>

#include "base/clock.h"

namespace handrail::content {

/// Whether what was checked on this calendar day ("2026-06-14") has to be checked again: after 180 days (safety.md H1).
/// What has no day of its own, or one that is not a whole date, was not checked lately.
bool checked_long_ago(std::string_view checked_on, Instant now);

} // namespace handrail::content
