#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace handrail::gateway {

/// What all chunks of one answer, or the one completion, carry.
struct AnswerHead {
    std::string id;
    std::int64_t created = 0; ///< seconds since 1970
    std::string model;
    std::string fingerprint; ///< empty: none
    bool usage_asked = false;
    /// A JSON object under "handrail" for apps that look; empty: none. In a stream it stands in the first chunk.
    std::string marks;
};

/// A call of a tool, whole.
struct ToolCall {
    int index = 0;
    std::string id;
    bool custom = false; ///< {"custom":{"name","input"}} in place of {"function":{"name","arguments"}}
    std::string name;
    std::string arguments;
};

/// One choice of an answer that is not streamed.
struct Choice {
    int index = 0;
    std::string content;
    bool has_content = false; ///< else null
    std::string refusal;
    std::vector<ToolCall> calls;
    bool old_function = false; ///< "function_call" in place of "tool_calls"
    std::string finish = "stop";
};

/// "data: {…}\n\n" with one choice's delta, which is JSON.
std::string chunk(const AnswerHead& head, int choice, std::string_view delta, std::string_view finish);
std::string role_delta();
std::string text_delta(std::string_view field, std::string_view text);
std::string call_delta(const ToolCall& call, bool old_function);
/// The chunk without choices that only who asked for usage is sent.
std::string usage_chunk(const AnswerHead& head, std::string_view usage);
inline constexpr std::string_view stream_end = "data: [DONE]\n\n";
std::string event_of(std::string_view json);

/// A whole completion; `usage` is JSON.
std::string completion(const AnswerHead& head, const std::vector<Choice>& choices, std::string_view usage);

/// {"prompt_tokens",…}: of words that no model wrote, as a count of about four bytes each.
std::string usage_of_fixed_words(std::uint64_t asked_bytes, std::uint64_t answered_bytes);
/// "chatcmpl-…", random.
std::string fresh_id(std::string_view prefix);

} // namespace handrail::gateway
