#include "monitoring/missed.h"

#include <algorithm>

namespace handrail::monitoring {

const AskingProtocol::Missed* rule_for(const AskingProtocol& protocol, int in_a_row,
                                       const std::vector<std::pair<Urgency, int>>& found)
{
    const AskingProtocol::Missed* gravest = nullptr;
    for (const auto& rule : protocol.missed) {
        // Told when the number is reached, and again each time as many more were missed.
        if (in_a_row < 1 || in_a_row % rule.in_a_row != 0)
            continue;
        const bool applies = rule.after == Urgency::Usual ||
                             std::any_of(found.begin(), found.end(), [&](const auto& each) {
                                 return need(each.first) >= need(rule.after) && each.second < rule.within_days;
                             });
        if (applies && (gravest == nullptr || need(rule.urgency) > need(gravest->urgency)))
            gravest = &rule;
    }
    return gravest;
}

} // namespace handrail::monitoring
