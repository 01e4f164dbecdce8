#pragma once

#include <map>
#include <string>
#include <vector>

#include "http/json_text.h"
#include "http/router.h"
#include "monitoring/course_notes.h"
#include "monitoring/outcomes.h"
#include "monitoring/treatment_desk.h"

namespace handrail::content {
class Sources;
}

namespace handrail::http::routes {

struct Desks;

/// "Outcomes", "Treatment", "KnownAndPlanned" and their parts, for the document.
void declare_outcome_shapes(Router& router);
JsonObject outcomes_json(const monitoring::Outcomes& outcomes, const content::Sources& sources);
JsonObject treatment_json(const monitoring::Treatment& treatment);
JsonList critical_json(const std::vector<monitoring::CriticalLine>& lines);

/// Names of staff, for what they wrote.
using StaffNames = std::map<AccountId, std::string>;
/// @param covers for how long a note covers an unchanged answer
JsonList known_json(const std::vector<monitoring::KnownAndPlanned>& notes, const StaffNames& names,
                    std::chrono::hours covers, Instant now);
JsonList reviews_json(const std::vector<monitoring::CourseReview>& reviews, const StaffNames& names);

/// "CourseReview", "CourseEvent" and what is noted on a chart.
void declare_course_note_shapes(Router& router);
void add_course_note_routes(Router& router, Desks& desks);

} // namespace handrail::http::routes
