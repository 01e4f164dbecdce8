#pragma once

namespace handrail::http {
class Router;
}

namespace handrail::http::routes {

struct Desks;

/// Who is on call for one's own teams, and what was handed over.
void add_on_call_routes(Router& router, Desks& desks);

} // namespace handrail::http::routes
