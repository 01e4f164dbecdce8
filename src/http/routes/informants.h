#pragma once

#include "http/json_text.h"
#include "http/router.h"
#include "monitoring/informant_desk.h"

/// Somebody close whom a person lets be asked: for the person, for whoever holds a link, and for the team.
namespace handrail::http::routes {

struct Desks;

void add_informant_routes(Router& router, Desks& desks, monitoring::InformantDesk& informants);
/// The team's. Part of add_informant_routes.
void add_informant_staff_routes(Router& router, Desks& desks, monitoring::InformantDesk& informants);

} // namespace handrail::http::routes
