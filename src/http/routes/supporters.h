#pragma once

#include "care/supporter_desk.h"
#include "http/router.h"

/// Whom a person chose, and what they let each see: for the person, for whoever holds a link, and for the team.
namespace handrail::http::routes {

struct Desks;

void add_supporter_routes(Router& router, Desks& desks, care::SupporterDesk& supporters);

} // namespace handrail::http::routes
