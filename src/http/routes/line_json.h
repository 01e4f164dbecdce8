#pragma once

#include "domain/crisis_line.h"
#include "http/json_text.h"
#include "http/router.h"

namespace handrail::http::routes {

/// The fields of line_json, for the document.
std::vector<Field> line_fields();
JsonObject line_json(const CrisisLine& line);

} // namespace handrail::http::routes
