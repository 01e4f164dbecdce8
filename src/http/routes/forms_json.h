#pragma once

#include "http/json_body.h"
#include "http/json_text.h"
#include "monitoring/answer_desk.h"

/// Forms as they are shown, and answers as they arrive: by page and by link alike.
namespace handrail::http::routes {

/// A questionnaire in its published words; in another language when it was not published in this one.
JsonObject questionnaire_json(const monitoring::Asking& asking, const Instrument& instrument, const std::string& language);
monitoring::GivenCheckIn given_check_in(Body& answers);
/// What a check-in is answered as: a form that the service designed, or "" for the daily one.
std::string designed_or_daily(const std::string& form);
monitoring::GivenAnswers given_answers(Body& answers);
/// What the person reads after a questionnaire.
JsonObject told_json(const Instrument& instrument, const monitoring::SavedQuestionnaire& saved);

} // namespace handrail::http::routes
