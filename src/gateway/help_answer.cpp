#include "gateway/help_answer.h"

#include <boost/json.hpp>

namespace handrail::gateway {

namespace {

namespace json = boost::json;

constexpr int deepest = 12;

class Filling {
public:
    Filling(const json::value& schema, std::string_view words) : root_(schema), words_(words) {}

    json::value of(const json::value& value, int depth)
    {
        const auto* schema = value.if_object();
        if (schema == nullptr || depth > deepest)
            return nullptr;
        if (const auto* there = schema->if_contains("$ref"); there != nullptr && there->is_string())
            return of(referred(there->get_string()), depth + 1);
        if (const auto* one = schema->if_contains("const"))
            return *one;
        if (const auto* some = schema->if_contains("enum"); some != nullptr && some->is_array() && !some->get_array().empty())
            return some->get_array().front();
        for (const std::string_view either : {"anyOf", "oneOf", "allOf"})
            if (const auto* list = schema->if_contains(either);
                list != nullptr && list->is_array() && !list->get_array().empty())
                return of(list->get_array().front(), depth + 1);
        const auto type = type_of(*schema);
        if (type == "object")
            return object(*schema, depth);
        if (type == "string")
            return text(*schema);
        if (type == "array")
            return list(*schema, depth);
        if (type == "integer" || type == "number") {
            const auto* least = schema->if_contains("minimum");
            return least != nullptr && least->is_number() ? *least : json::value(0);
        }
        if (type == "boolean")
            return false;
        return nullptr;
    }
    bool said() const { return said_; }

private:
    static std::string type_of(const json::object& schema)
    {
        const auto* type = schema.if_contains("type");
        if (type == nullptr)
            return schema.if_contains("properties") != nullptr ? "object" : "";
        if (type->is_string())
            return std::string(type->get_string());
        if (type->is_array())
            for (const auto& each : type->get_array())
                if (each.is_string() && each.get_string() != "null")
                    return std::string(each.get_string());
        return {};
    }

    /// "#/$defs/step" within the schema itself.
    json::value referred(std::string_view pointer) const
    {
        if (pointer.substr(0, 1) != "#")
            return nullptr;
        json::error_code missing;
        const auto* found = root_.find_pointer({pointer.data() + 1, pointer.size() - 1}, missing);
        return found != nullptr && !missing ? *found : json::value(nullptr);
    }

    json::value text(const json::object& schema)
    {
        if (said_ || schema.if_contains("pattern") != nullptr || schema.if_contains("format") != nullptr)
            return "";
        if (const auto* most = schema.if_contains("maxLength");
            most != nullptr && most->is_int64() && most->get_int64() < static_cast<std::int64_t>(words_.size()))
            return "";
        said_ = true;
        return json::string(words_.data(), words_.size());
    }

    json::value object(const json::object& schema, int depth)
    {
        json::object out;
        if (const auto* properties = schema.if_contains("properties"); properties != nullptr && properties->is_object())
            for (const auto& each : properties->get_object())
                out[each.key()] = of(each.value(), depth + 1);
        return out;
    }

    json::value list(const json::object& schema, int depth)
    {
        json::array out;
        if (const auto* items = schema.if_contains("items"); items != nullptr && !said_) {
            auto one = of(*items, depth + 1);
            const auto* least = schema.if_contains("minItems");
            if (said_ || (least != nullptr && least->is_int64() && least->get_int64() > 0))
                out.push_back(std::move(one));
        }
        return out;
    }

    const json::value& root_;
    std::string_view words_;
    bool said_ = false;
};

} // namespace

json::value filled_schema(const json::value& schema, std::string_view words)
{
    Filling filling(schema, words);
    auto out = filling.of(schema, 0);
    return filling.said() ? out : json::value(nullptr);
}

Choice shaped(const ChatRequest& request, std::string_view words)
{
    Choice out;
    if (!request.forced_tool.empty()) {
        ToolCall call{0, fresh_id("call_"), request.forced_custom, request.forced_tool, std::string(words)};
        if (request.forced_custom) {
            out.calls.push_back(std::move(call));
            return out;
        }
        if (const auto filled = filled_schema(request.forced_schema, words); filled.is_object()) {
            call.arguments = json::serialize(filled);
            out.calls.push_back(std::move(call));
            return out;
        }
    }
    out.has_content = true;
    out.content = std::string(words);
    if (request.shape == ChatRequest::Shape::JsonSchema) {
        if (const auto filled = filled_schema(request.schema, words); !filled.is_null())
            out.content = json::serialize(filled);
    } else if (request.shape == ChatRequest::Shape::JsonObject) {
        out.content = json::serialize(json::object{{"message", json::string(words.data(), words.size())}});
    }
    return out;
}

std::string help_body(const ChatRequest& request, const AnswerHead& head, std::string_view words)
{
    const auto choice = shaped(request, words);
    const auto usage = usage_of_fixed_words(request.words(), words.size());
    if (!request.stream)
        return completion(head, {choice}, usage);
    auto rest = head;
    rest.marks.clear();
    auto out = chunk(head, 0, role_delta(), {});
    for (const auto& call : choice.calls)
        out += chunk(rest, 0, call_delta(call, false), {});
    if (choice.has_content)
        out += chunk(rest, 0, text_delta("content", choice.content), {});
    out += chunk(rest, 0, "{}", choice.finish);
    if (request.include_usage)
        out += usage_chunk(rest, usage);
    return out + std::string(stream_end);
}

} // namespace handrail::gateway
