#pragma once

#include <vector>

#include "http/json_text.h"
#include "http/router.h"
#include "monitoring/outcomes.h"
#include "monitoring/treatment_desk.h"

namespace handrail::http::routes {

/// "Outcomes", "Treatment", "KnownAndPlanned" and their parts, for the document.
void declare_outcome_shapes(Router& router);
JsonObject outcomes_json(const monitoring::Outcomes& outcomes);
JsonObject treatment_json(const monitoring::Treatment& treatment);
JsonList known_json(const std::vector<monitoring::KnownAndPlanned>& notes);

} // namespace handrail::http::routes
