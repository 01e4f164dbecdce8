#pragma once

#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "gateway/chat_answer.h"
#include "gateway/chat_request.h"

namespace handrail::gateway {

/// Fixed words in the shape that was asked for: text, the first free text field of a schema, or a call of the tool that the
/// answer has to call. Where no text fits into that shape, plain text: a person in danger sees help (safety.md K3).
Choice shaped(const ChatRequest& request, std::string_view words);

/// A value of this schema whose first text that may hold anything is `words`; null when it has no such text.
boost::json::value filled_schema(const boost::json::value& schema, std::string_view words);

/// The whole answer as one completion, or as the events of a stream with [DONE].
std::string help_body(const ChatRequest& request, const AnswerHead& head, std::string_view words);

} // namespace handrail::gateway
