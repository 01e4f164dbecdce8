#pragma once

#include <filesystem>
#include <vector>

#include "app/doctor/seen.h"
#include "base/clock.h"
#include "content/check.h"

namespace handrail::app::doctor {

Seen judge(const content::CheckReport& report);
/// Content, what screens, trained models, the page, and what leaves this server.
std::vector<Seen> look_at_content(const std::filesystem::path& content, const std::filesystem::path& models,
                                  const std::filesystem::path& web, Instant now);

} // namespace handrail::app::doctor
