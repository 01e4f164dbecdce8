#pragma once

#include "care/findings.h"
#include "content/sources.h"
#include "http/json_text.h"

namespace handrail::http::routes {

/// A finding with its reasons, for staff.
/// "FindingSource" of an id that stands in content/sources/.
JsonObject source_json(const std::string& id, const content::Sources& sources);
JsonObject finding_json(const care::KeptFinding& kept, const content::Sources& sources);

} // namespace handrail::http::routes
