#pragma once

#include <string_view>

#include "content/instruments.h"
#include "domain/answer_protocol.h"
#include "monitoring/course.h"
#include "monitoring/scoring.h"

/// The structured questions after a critical answer: offered beside the fixed words, never in their place, and never needed.
namespace handrail::monitoring {

/// Whether a raised flag calls for them (AnswerLine::asks_further).
bool asks_further(const Instrument& instrument, const ScoringResult& result, const AnswerProtocol& protocol);

/// The first screener that is for this age and whose words are here in this language; null: there is none.
const FollowUpScreener* screener_for(const AnswerProtocol& protocol, const content::Instruments& instruments,
                                     std::string_view age_band, std::string_view language);

/// Whether one was answered in the last hours (AnswerProtocol::follow_up_hours): nobody is asked twice in a day.
bool screened_lately(const Course& course, const AnswerProtocol& protocol, Instant now);

} // namespace handrail::monitoring
