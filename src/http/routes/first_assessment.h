#pragma once

#include "http/router.h"
#include "monitoring/first_assessment_desk.h"

namespace handrail::http::routes {

struct Desks;

/// The first assessment: for whoever fills it in, for staff who read it, and what the service decides about it.
void add_first_assessment_routes(Router& router, Desks& desks, monitoring::FirstAssessmentDesk& first);

} // namespace handrail::http::routes
