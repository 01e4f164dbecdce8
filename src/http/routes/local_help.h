#pragma once

#include "care/local_help.h"
#include "http/json_text.h"
#include "http/router.h"

namespace handrail::http::routes {

/// The fields of local_help_json, for the document.
std::vector<Field> local_help_fields();
JsonObject local_help_json(const care::LocalHelp& help);

} // namespace handrail::http::routes
