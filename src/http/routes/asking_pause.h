#pragma once

#include "http/json_text.h"
#include "http/router.h"
#include "http/routes/desks.h"
#include "monitoring/ask_pause.h"

namespace handrail::http::routes {

JsonObject pause_json(const monitoring::AskPause& pause);
/// A person's own pause of being asked, and staff's. Part of add_asking_routes.
void add_asking_pause_routes(Router& router, Desks& desks);

} // namespace handrail::http::routes
