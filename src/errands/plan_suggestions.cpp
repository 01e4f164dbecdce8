#include "errands/plan_suggestions.h"

#include <set>

#include "monitoring/first_assessment_rows.h"

namespace handrail::errands {

using care::PlanPart;

Result<std::vector<PlanSuggestion>> plan_suggestions(trust::Reading& reading, const PersonHead& head, const PersonCard& card,
                                                     bool people)
{
    std::vector<PlanSuggestion> all;
    std::set<std::string> titles;
    for (const auto& run : TRY(care::read_exercise_runs(reading, head.id)))
        if (run.rating == "better" && titles.insert(run.title).second)
            all.push_back({PlanPart::Coping, run.title, {}, "exercise"});
    std::vector<PlanSuggestion> close;
    if (const auto first = TRY(monitoring::read_assessment(reading, head.id));
        first && first->state != monitoring::KeptAssessment::State::Begun)
        for (const auto& each : first->answered) {
            const auto& said = each.said_english.empty() ? each.said : each.said_english;
            if (each.question == "helped" && !said.empty())
                all.push_back({PlanPart::Coping, said, {}, "first_assessment"});
            else if (each.question == "support" && !said.empty())
                close.push_back({PlanPart::People, said, {}, "first_assessment"});
        }
    if (const auto& contact = card.contact.emergency_contact)
        close.push_back({PlanPart::People, contact->name + (contact->relation.empty() ? "" : ", " + contact->relation),
                         contact->phone, "emergency_contact"});
    if (people)
        all.insert(all.end(), close.begin(), close.end());
    if (!card.clinician_name.empty())
        all.push_back({PlanPart::Professionals, card.clinician_name, {}, "clinician"});
    return all;
}

} // namespace handrail::errands
