#pragma once

#include <string>

#include "http/json_text.h"
#include "http/router.h"
#include "monitoring/check_in_design.h"
#include "monitoring/design_desk.h"

/// Check-ins that a service designed: as staff make them, and as they are shown to whoever is asked.
namespace handrail::http::routes {

struct Desks;

void add_check_in_design_routes(Router& router, Desks& desks);

/// In the shape of every check-in, in the language it has for this reader. Under a free text stands what the daily one says
/// there: who reads it, and that nobody does right away.
JsonObject designed_form_json(const monitoring::KeptDesign& kept, const CheckInForm& daily, const std::string& language);
std::string designed_title(const monitoring::KeptDesign& kept, const std::string& language);
JsonObject designed_answer_json(const monitoring::DesignedAnswer& answered, const std::string& language);

} // namespace handrail::http::routes
