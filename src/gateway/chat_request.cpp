#include "gateway/chat_request.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "gateway/strict_json.h"

namespace handrail::gateway {

namespace {

namespace json = boost::json;

/// Settings, and what the app says for itself. Texts under any other name are screened: servers take words there too.
constexpr std::array<std::string_view, 36> known{
    "model", "messages", "stream", "stream_options", "tools", "tool_choice", "parallel_tool_calls", "response_format",
    "temperature", "top_p", "n", "stop", "max_tokens", "max_completion_tokens", "presence_penalty", "frequency_penalty",
    "logit_bias", "logprobs", "top_logprobs", "seed", "user", "safety_identifier", "prompt_cache_key",
    "prompt_cache_options", "metadata", "store", "service_tier", "reasoning_effort", "verbosity", "modalities", "audio",
    "web_search_options", "functions", "function_call", "moderation", "top_k"};

std::string text_of(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool flag_of(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

Result<Said::By> by(const std::string& role, const std::string& where)
{
    if (role == "user")
        return Said::By::Person;
    if (role == "assistant")
        return Said::By::Assistant;
    if (role == "tool" || role == "function")
        return Said::By::Tool;
    return invalid("A message's role is one of system, developer, user, assistant, tool and function.", where + ".role");
}

void add(ChatRequest& request, Said::By who, std::string_view text)
{
    if (!text.empty())
        request.said.push_back({who, std::string(text)});
}

/// Content: a text, or parts. Parts that are no words are named in `unreadable`.
Result<void> read_content(ChatRequest& request, Said::By who, const json::value& content, const std::string& where)
{
    if (content.is_null())
        return {};
    if (const auto* text = content.if_string()) {
        add(request, who, *text);
        return {};
    }
    const auto* parts = content.if_array();
    if (parts == nullptr)
        return invalid("The content of a message is a text or a list of parts.", where);
    // Parts of one message are one text: a sentence cut in two is still that sentence, and so is a word.
    std::string whole, joined;
    int number = 0;
    for (const auto& each : *parts) {
        const auto* part = each.if_object();
        if (part == nullptr)
            return invalid("A part of a message is an object.", where);
        const auto type = text_of(*part, "type");
        if (type != "text" && type != "refusal") {
            request.unreadable = type.empty() ? "a part without a type" : type;
            continue;
        }
        std::string words;
        for (const auto& field : *part)
            if (field.key() != "type")
                texts_in(field.value(), words);
        whole += (whole.empty() ? "" : " ") + words;
        joined += words;
        ++number;
    }
    add(request, who, whole);
    if (number > 1 && who != Said::By::Assistant)
        add(request, Said::By::Tool, joined);
    return {};
}

Result<void> read_message(ChatRequest& request, const json::value& value, const std::string& where)
{
    const auto* message = value.if_object();
    if (message == nullptr)
        return invalid("A message is an object.", where);
    const auto role = text_of(*message, "role");
    if (role == "system" || role == "developer")
        return {};
    const auto who = TRY(by(role, where));
    const auto* content = message->if_contains("content");
    if (content == nullptr && who != Said::By::Assistant)
        return invalid("A message needs content.", where + ".content");
    if (content != nullptr)
        TRY(read_content(request, who, *content, where + ".content"));
    std::string more;
    for (const auto& field : *message)
        if (field.key() != "role" && field.key() != "content" && field.key() != "tool_call_id")
            texts_in(field.value(), more);
    // Arguments of calls, names, refusals: the model's or the app's, and words all the same.
    add(request, who == Said::By::Person ? Said::By::Tool : who, more);
    return {};
}

/// The parameters' schema of a named tool.
void force_tool(ChatRequest& request, const json::object& root, std::string_view wanted)
{
    const auto* tools = root.if_contains("tools");
    if (tools == nullptr || !tools->is_array())
        return;
    for (const auto& each : tools->get_array()) {
        if (!each.is_object())
            continue;
        for (const std::string_view kind : {"function", "custom"}) {
            const auto* inner = each.get_object().if_contains(kind);
            if (inner == nullptr || !inner->is_object())
                continue;
            const auto name = text_of(inner->get_object(), "name");
            if (name.empty() || (!wanted.empty() && name != wanted))
                continue;
            request.forced_tool = name;
            request.forced_custom = kind == "custom";
            if (const auto* parameters = inner->get_object().if_contains("parameters"))
                request.forced_schema = *parameters;
            return;
        }
    }
}

void read_shape(ChatRequest& request, const json::object& root)
{
    if (const auto* format = root.if_contains("response_format"); format != nullptr && format->is_object()) {
        const auto type = text_of(format->get_object(), "type");
        if (type == "json_object")
            request.shape = ChatRequest::Shape::JsonObject;
        if (type == "json_schema") {
            request.shape = ChatRequest::Shape::JsonSchema;
            if (const auto* named = format->get_object().if_contains("json_schema");
                named != nullptr && named->is_object())
                if (const auto* schema = named->get_object().if_contains("schema"))
                    request.schema = *schema;
        }
    }
    const auto* choice = root.if_contains("tool_choice");
    if (choice == nullptr)
        return;
    if (choice->is_string() && choice->get_string() == "required")
        force_tool(request, root, {});
    if (const auto* one = choice->if_object())
        for (const std::string_view kind : {"function", "custom"})
            if (const auto* named = one->if_contains(kind); named != nullptr && named->is_object())
                if (const auto name = text_of(named->get_object(), "name"); !name.empty())
                    force_tool(request, root, name);
}

} // namespace

std::uint64_t ChatRequest::words() const
{
    std::uint64_t bytes = 0;
    for (const auto& each : said)
        bytes += each.text.size();
    return bytes;
}

Result<ChatRequest> read_chat_request(std::string_view body)
{
    const auto value = TRY(read_strict_json(body));
    const auto* root = value.if_object();
    if (root == nullptr)
        return invalid("The body is a JSON object with model and messages.");
    ChatRequest request;
    request.model = text_of(*root, "model");
    if (request.model.empty())
        return invalid("Name the model.", "model");
    if (const auto* stream = root->if_contains("stream"); stream != nullptr && !stream->is_bool() && !stream->is_null())
        return invalid("\"stream\" is true or false.", "stream");
    request.stream = flag_of(*root, "stream");
    if (const auto* options = root->if_contains("stream_options"); options != nullptr && options->is_object())
        request.include_usage = flag_of(options->get_object(), "include_usage");
    if (const auto* n = root->if_contains("n"); n != nullptr && !n->is_null()) {
        if (!n->is_int64() || n->get_int64() < 1 || n->get_int64() > 16)
            return invalid("\"n\" is a whole number from 1 to 16.", "n");
        request.choices = static_cast<int>(n->get_int64());
    }
    request.user = text_of(*root, "safety_identifier");
    if (request.user.empty())
        request.user = text_of(*root, "user");
    if (request.user.size() > 512)
        return invalid("A user's reference is at most 512 bytes.", "safety_identifier");
    if (const auto* modalities = root->if_contains("modalities"); modalities != nullptr && modalities->is_array())
        for (const auto& each : modalities->get_array())
            if (each.is_string() && each.get_string() != "text")
                request.unreadable = std::string(each.get_string());

    const auto* messages = root->if_contains("messages");
    if (messages == nullptr || !messages->is_array() || messages->get_array().empty())
        return invalid("\"messages\" is a list with at least one message.", "messages");
    std::size_t number = 0;
    for (const auto& each : messages->get_array())
        TRY(read_message(request, each, "messages[" + std::to_string(number++) + "]"));

    std::string beside;
    for (const auto& field : *root)
        if (std::find(known.begin(), known.end(), std::string_view(field.key().data(), field.key().size())) == known.end())
            texts_in(field.value(), beside);
    if (!beside.empty()) // before the messages: it is not the newest of them
        request.said.insert(request.said.begin(), {Said::By::Tool, beside});
    read_shape(request, *root);
    return request;
}

} // namespace handrail::gateway
