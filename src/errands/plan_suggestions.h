#pragma once

#include <string>
#include <vector>

#include "care/documents.h"
#include "errands/person_card.h"

namespace handrail::errands {

/// What the person said or has that may stand in a safety plan: for whoever makes one together with them. To be read, asked
/// about and written by the person; nothing is written from it.
struct PlanSuggestion {
    care::PlanPart part = care::PlanPart::Coping;
    std::string text; ///< the person's own words, or the name of what they did
    std::string phone;
    std::string from; ///< exercise, first_assessment, emergency_contact or clinician
};

/// In the order of the plan. Only what staff may read with the person's words: not what they let the AI remember, and not an
/// unshared plan.
/// @param people  false: nobody close is named, because it may be one of them who is feared
Result<std::vector<PlanSuggestion>> plan_suggestions(trust::Reading& reading, const PersonHead& head, const PersonCard& card,
                                                     bool people);

} // namespace handrail::errands
