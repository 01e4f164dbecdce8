#pragma once

#include "http/json_text.h"
#include "http/router.h"
#include "monitoring/answer_desk.h"
#include "monitoring/progress.h"

namespace handrail::http::routes {

/// "Progress" and its parts, for the document.
void declare_progress_shapes(Router& router);
JsonObject progress_json(const monitoring::Progress& progress);
/// The words of a form in a language.
JsonObject form_json(const CheckInForm& form, const std::string& language);

} // namespace handrail::http::routes
