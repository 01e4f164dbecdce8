#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "domain/finding.h"
#include "monitoring/check_in_design.h"

/// Answers of a service's own check-in that call for a human: by the service's own word, item by item. Pure.
namespace handrail::monitoring {

/// What is wrong with what the items call for: an answer that nobody can give, an urgency that asks for nobody, no category;
/// and a question in which words of danger stand (content/protocols/asking.json) without a word of what its answers call for.
std::vector<FieldProblem> problems_of_calls(const CheckInDesign& design, const std::vector<std::string>& danger_words);

/// What the answers call for, the gravest item first; each says the question and the answer in the design's first language as
/// evidence. Empty when no answer calls for anybody: a low answer lowers nothing.
std::vector<Finding> called_for(const CheckInDesign& design, const CheckInAnswers& answers);
/// The same beside what was found in the words, the gravest first.
void add_called_for(std::vector<Finding>& found, const CheckInDesign& design, const CheckInAnswers& answers);

Fields encoded(const DesignItem::Call& call);
DesignItem::Call call_in(const Fields& body);

} // namespace handrail::monitoring
