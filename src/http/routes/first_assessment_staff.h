#pragma once

#include "http/router.h"
#include "monitoring/first_assessment_desk.h"

namespace handrail::http::routes {

struct Desks;

/// The page as staff read it, whose it is to read, and what the service decides. Part of add_first_assessment_routes.
void add_first_assessment_staff_routes(Router& router, Desks& desks, monitoring::FirstAssessmentDesk& first);

} // namespace handrail::http::routes
