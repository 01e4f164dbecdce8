#pragma once

#include <string>

#include "errands/alert_page.h"
#include "http/json_text.h"
#include "monitoring/answer_desk.h"

namespace handrail::http::routes {

/// What to do next about an alert, in order. Questions come with what the person answered to them in the last hours.
JsonList next_steps_json(const monitoring::Asking& asking, const errands::AlertView& view, Instant now);

/// The words of one of its questions; the id itself of one that nobody asks any more.
std::string alert_question(const monitoring::Asking& asking, const std::string& id);

} // namespace handrail::http::routes
