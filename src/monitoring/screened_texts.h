#pragma once

#include <string_view>
#include <vector>

#include "domain/check_in.h"
#include "domain/finding.h"
#include "nlp/screener.h"

namespace handrail::monitoring {

/// Every text of an answer as the message that it is, and what was found in it, the gravest first. What calls for nothing is
/// left out.
/// @param language  that the page knows; empty: none
std::vector<Finding> screened(const nlp::Screener& screener, const CheckInAnswers& answers, std::string_view language = {});

Finding gravest(std::vector<Finding> found);
/// By need; those of one need stay in their order.
void gravest_first(std::vector<Finding>& found);

} // namespace handrail::monitoring
