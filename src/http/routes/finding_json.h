#pragma once

#include "care/findings.h"
#include "content/sources.h"
#include "http/json_text.h"

namespace handrail::http::routes {

/// A finding with its reasons, for staff.
JsonObject finding_json(const care::KeptFinding& kept, const content::Sources& sources);

} // namespace handrail::http::routes
