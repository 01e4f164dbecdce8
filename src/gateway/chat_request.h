#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "base/result.h"

namespace handrail::gateway {

/// One text of a request that has to be screened.
struct Said {
    enum class By {
        Person,    ///< what somebody wrote: a message of role user
        Assistant, ///< what a model is said to have answered before
        Tool,      ///< what a tool gave back, names, and whatever else is sent along
    } by = By::Person;
    std::string text;
};

/// A request for a chat completion, as far as the gateway needs to know it. The body itself is sent on byte by byte, so
/// unknown keys, 1.0 and very large numbers arrive as they were sent.
struct ChatRequest {
    std::string model;
    bool stream = false;
    bool include_usage = false;
    int choices = 1; ///< "n"
    std::string user;       ///< safety_identifier, else user: opaque
    std::vector<Said> said; ///< in order; system and developer messages are the app's own and left out
    /// What cannot be screened and is therefore refused: "image_url", "input_audio" … Empty: everything is words.
    std::string unreadable;

    enum class Shape { Text, JsonObject, JsonSchema } shape = Shape::Text;
    boost::json::value schema;        ///< of JsonSchema
    std::string forced_tool;          ///< the tool that the answer has to call; empty: none
    bool forced_custom = false;       ///< it takes text in place of JSON
    boost::json::value forced_schema; ///< of its parameters

    std::uint64_t words() const; ///< bytes of all that is said
};

/// Invalid says what is wrong; `where` is the parameter.
Result<ChatRequest> read_chat_request(std::string_view body);

} // namespace handrail::gateway
