#pragma once

#include <string>
#include <vector>

#include "errands/alert_page.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "monitoring/answer_desk.h"

/// What to do next about an alert, as content/protocols/next_steps.json says it for what the alert is about.
namespace handrail::http::routes {

/// In order. Questions come with what the person answered to them in the last hours, and with what whoever has the alert
/// heard.
JsonList next_steps_json(const monitoring::Asking& asking, const errands::AlertView& view, Instant now);

/// What may be recorded, each with what it needs: one tap keeps an outcome that needs nothing.
JsonList outcomes_json(const NextSteps& steps, Urgency urgency);

/// A body's `answers` by question, with the questions as they stand today. What was not asked is kept too. One that nobody asks
/// is refused.
std::vector<care::AskedAnswer> answers_in(Body& body, const monitoring::Asking& asking);

/// A deed of a step as it goes into the record, in the words of today: "Call Ada: No answer".
struct NamedDeed {
    std::string what; ///< "step.deed"
    std::string named;
};
/// Invalid when no such step or deed is there.
Result<NamedDeed> named_deed(trust::Reading& reading, const trust::AccountDesk& accounts, const NextSteps& steps, AlertId alert,
                             const std::string& step, const std::string& deed);

} // namespace handrail::http::routes
