#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/finding.h"

namespace handrail::gateway {

/// The texts of a moderation request, one a result. Invalid for anything but texts.
Result<std::vector<std::string>> read_moderation_request(std::string_view body);

/// The answer in the shape that clients know, one result a finding. Handrail's rules look for people in danger, so only the
/// categories that say so can be true; under "handrail" stands how soon a human is needed.
std::string moderation_answer(const std::vector<Finding>& findings);

} // namespace handrail::gateway
