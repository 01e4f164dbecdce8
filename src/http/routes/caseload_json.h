#pragma once

#include "errands/caseload.h"
#include "http/json_text.h"

namespace handrail::http::routes {

JsonObject case_row_json(const errands::CaseRow& row, const Actor& actor);

} // namespace handrail::http::routes
