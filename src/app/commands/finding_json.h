#pragma once

#include <string>

#include "domain/finding.h"

namespace handrail::app {

/// The members of a finding as `handrail screen` writes them, without braces and without the id:
/// "urgency":…,"category":…,"categories":[…],"subject":…,"time":…,"lang":…,"evidence":[…],"probability":{…},"versions":{…}
/// Evidence from an earlier message carries its index as "context".
std::string finding_members(const Finding& finding);

} // namespace handrail::app
