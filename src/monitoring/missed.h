#pragma once

#include <utility>
#include <vector>

#include "domain/asking_protocol.h"

namespace handrail::monitoring {

/// The gravest of the rules that so many unanswered asks in a row meet just now; none: it is only an event. Pure.
/// @param found  what was found lately: how urgent, and how many days ago
const AskingProtocol::Missed* rule_for(const AskingProtocol& protocol, int in_a_row,
                                       const std::vector<std::pair<Urgency, int>>& found);

} // namespace handrail::monitoring
