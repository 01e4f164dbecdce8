#include "monitoring/screened_texts.h"

#include <algorithm>

namespace handrail::monitoring {

std::vector<Finding> screened(const nlp::Screener& screener, const CheckInAnswers& answers, std::string_view language)
{
    std::vector<Finding> found;
    for (const auto& [group, words] : answers.text) {
        auto finding = screener.screen(words.reveal(), {}, language);
        if (finding.urgency != Urgency::Usual || !finding.evidence.empty())
            found.push_back(std::move(finding));
    }
    gravest_first(found);
    return found;
}

void gravest_first(std::vector<Finding>& found)
{
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return need(a.urgency) > need(b.urgency); });
}

Finding gravest(std::vector<Finding> found) { return found.empty() ? Finding{} : std::move(found.front()); }

} // namespace handrail::monitoring
