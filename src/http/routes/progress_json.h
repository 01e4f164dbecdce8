#pragma once

#include "http/json_text.h"
#include "monitoring/answer_desk.h"
#include "monitoring/progress.h"

namespace handrail::http::routes {

JsonObject progress_json(const monitoring::Progress& progress);
/// The words of a form in a language.
JsonObject form_json(const CheckInForm& form, const std::string& language);

} // namespace handrail::http::routes
