#pragma once

#include "domain/crisis_line.h"
#include "http/json_text.h"

namespace handrail::http::routes {

JsonObject line_json(const CrisisLine& line);

} // namespace handrail::http::routes
