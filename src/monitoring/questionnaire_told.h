#pragma once

#include <string>
#include <string_view>

#include "domain/finding.h"
#include "domain/instrument.h"
#include "domain/progress_protocol.h"
#include "monitoring/scoring.h"

namespace handrail::monitoring {

/// What the person reads after a questionnaire: words first, what the number cannot tell, never a band, never a code.
struct QuestionnaireTold {
    std::string title;
    std::string text;
    std::string range; ///< "0 to 27, lower is better"; empty when no number is told
};

/// @param urgency What the answers called for. At today or now no number is told: there is something nearer to say.
QuestionnaireTold told_after(const Instrument& instrument, const ScoringResult& result, Urgency urgency);

/// What people call the instrument, in their language; its published name when it has no other.
std::string title_for_people(const Instrument& instrument, const ProgressProtocol& protocol, std::string_view language);

/// About how long it takes, at ten seconds a question and never under one minute.
int minutes_for(const Instrument& instrument);

} // namespace handrail::monitoring
