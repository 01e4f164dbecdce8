#pragma once

#include <string>
#include <string_view>

#include "app/commands/json_text.h"
#include "domain/finding.h"

namespace handrail::app {

/// How the two commands that write findings differ. Their output is what other programs read: it stays as it is.
struct FindingForm {
    bool why = false;                                      ///< "why":… before the versions
    std::string (*quoted)(std::string_view) = json_quoted; ///< texts
};

/// The members of a finding, without braces and without the id:
/// "urgency":…,"category":…,"categories":[…],"subject":…,"time":…,"lang":…,"evidence":[…],"probability":{…},"versions":{…}
/// Evidence from an earlier message carries its index as "context".
std::string finding_members(const Finding& finding, const FindingForm& form = {});

} // namespace handrail::app
