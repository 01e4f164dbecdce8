#pragma once

#include <string>
#include <string_view>

namespace handrail::gateway {

/// A refusal in the shape that clients of the OpenAI API read.
struct OpenAiError {
    int status = 400;
    std::string type = "invalid_request_error";
    std::string code;  ///< empty: null
    std::string param; ///< empty: null
    std::string message;
    bool again = false; ///< whether the same request may be sent again: clients do so by themselves unless told not to
};

/// {"error":{"message","type","param","code"}}, all four always there.
std::string error_body(const OpenAiError& error);

/// What an upstream's refusal becomes. Its message is left out: it may quote anything, and nobody screened it. Its type and
/// code stay when they are plain words.
OpenAiError of_upstream(int status, std::string_view body);
/// There was no answer, or it broke off.
OpenAiError no_upstream(bool timed_out);
/// The screener failed: nothing leaves (safety.md K6).
OpenAiError not_screened();

} // namespace handrail::gateway
