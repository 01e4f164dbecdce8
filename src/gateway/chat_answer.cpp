#include "gateway/chat_answer.h"

#include "base/crypto.h"
#include "base/text.h"
#include "gateway/strict_json.h"

namespace handrail::gateway {

namespace {

std::string begun(const AnswerHead& head, std::string_view object)
{
    auto out = "{\"id\":" + json_text(head.id) + ",\"object\":\"" + std::string(object) +
               "\",\"created\":" + std::to_string(head.created) + ",\"model\":" + json_text(head.model);
    if (!head.fingerprint.empty())
        out += ",\"system_fingerprint\":" + json_text(head.fingerprint);
    return out;
}

std::string called(const ToolCall& call)
{
    return call.custom ? "\"custom\":{\"name\":" + json_text(call.name) + ",\"input\":" + json_text(call.arguments) + "}"
                       : "\"function\":{\"name\":" + json_text(call.name) + ",\"arguments\":" + json_text(call.arguments) + "}";
}

std::string identified(const ToolCall& call)
{
    return "\"id\":" + json_text(call.id) + ",\"type\":\"" + (call.custom ? "custom" : "function") + "\"," + called(call);
}

std::string message(const Choice& choice)
{
    auto out = "{\"role\":\"assistant\",\"content\":" + (choice.has_content ? json_text(choice.content) : "null") +
               ",\"refusal\":" + (choice.refusal.empty() ? "null" : json_text(choice.refusal)) + ",\"annotations\":[]";
    if (choice.calls.empty())
        return out + "}";
    if (choice.old_function)
        return out + ",\"function_call\":{\"name\":" + json_text(choice.calls.front().name) +
               ",\"arguments\":" + json_text(choice.calls.front().arguments) + "}}";
    out += ",\"tool_calls\":[";
    for (std::size_t i = 0; i < choice.calls.size(); ++i)
        out += (i > 0 ? ",{" : "{") + identified(choice.calls[i]) + "}";
    return out + "]}";
}

} // namespace

std::string event_of(std::string_view json)
{
    return "data: " + std::string(json) + "\n\n";
}

std::string chunk(const AnswerHead& head, int choice, std::string_view delta, std::string_view finish)
{
    return event_of(begun(head, "chat.completion.chunk") + ",\"choices\":[{\"index\":" + std::to_string(choice) +
                    ",\"delta\":" + std::string(delta) + ",\"logprobs\":null,\"finish_reason\":" +
                    (finish.empty() ? "null" : json_text(finish)) + "}]" + (head.usage_asked ? ",\"usage\":null" : "") +
                    (head.marks.empty() ? "" : ",\"handrail\":" + head.marks) + "}");
}

std::string role_delta()
{
    return "{\"role\":\"assistant\",\"content\":\"\"}";
}

std::string text_delta(std::string_view field, std::string_view text)
{
    return "{\"" + std::string(field) + "\":" + json_text(text) + "}";
}

std::string call_delta(const ToolCall& call, bool old_function)
{
    if (old_function)
        return "{\"function_call\":{\"name\":" + json_text(call.name) + ",\"arguments\":" + json_text(call.arguments) + "}}";
    return "{\"tool_calls\":[{\"index\":" + std::to_string(call.index) + "," + identified(call) + "}]}";
}

std::string usage_chunk(const AnswerHead& head, std::string_view usage)
{
    return event_of(begun(head, "chat.completion.chunk") + ",\"choices\":[],\"usage\":" + std::string(usage) + "}");
}

std::string completion(const AnswerHead& head, const std::vector<Choice>& choices, std::string_view usage)
{
    auto out = begun(head, "chat.completion") + ",\"choices\":[";
    for (std::size_t i = 0; i < choices.size(); ++i)
        out += (i > 0 ? ",{\"index\":" : "{\"index\":") + std::to_string(choices[i].index) +
               ",\"message\":" + message(choices[i]) + ",\"logprobs\":null,\"finish_reason\":" + json_text(choices[i].finish) +
               "}";
    out += "]";
    if (!usage.empty())
        out += ",\"usage\":" + std::string(usage);
    if (!head.marks.empty())
        out += ",\"handrail\":" + head.marks;
    return out + "}";
}

std::string usage_of_fixed_words(std::uint64_t asked_bytes, std::uint64_t answered_bytes)
{
    const auto asked = (asked_bytes + 3) / 4;
    const auto answered = (answered_bytes + 3) / 4;
    return "{\"prompt_tokens\":" + std::to_string(asked) + ",\"completion_tokens\":" + std::to_string(answered) +
           ",\"total_tokens\":" + std::to_string(asked + answered) + "}";
}

std::string fresh_id(std::string_view prefix)
{
    return std::string(prefix) + to_hex(random_bytes(12));
}

} // namespace handrail::gateway
