#include "gateway/strict_json.h"

#include <set>
#include <vector>

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>

#include "base/text.h"

namespace handrail::gateway {

namespace {

namespace json = boost::json;

constexpr std::size_t deepest = 64;

/// Sees the names of every object as they come.
struct Names {
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using Fault = json::error_code;

    std::vector<std::set<std::string, std::less<>>> open;
    std::string name;
    bool twice = false;

    bool on_document_begin(Fault&) { return true; }
    bool on_document_end(Fault&) { return true; }
    bool on_object_begin(Fault&)
    {
        open.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, Fault&)
    {
        open.pop_back();
        return true;
    }
    bool on_array_begin(Fault&) { return true; }
    bool on_array_end(std::size_t, Fault&) { return true; }
    bool on_key_part(json::string_view part, std::size_t, Fault&)
    {
        name.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t, Fault& fault)
    {
        name.append(part.data(), part.size());
        if (!open.back().insert(name).second) {
            twice = true;
            fault = json::error::syntax;
            return false;
        }
        name.clear();
        return true;
    }
    bool on_string_part(json::string_view, std::size_t, Fault&) { return true; }
    bool on_string(json::string_view, std::size_t, Fault&) { return true; }
    bool on_number_part(json::string_view, Fault&) { return true; }
    bool on_int64(std::int64_t, json::string_view, Fault&) { return true; }
    bool on_uint64(std::uint64_t, json::string_view, Fault&) { return true; }
    bool on_double(double, json::string_view, Fault&) { return true; }
    bool on_bool(bool, Fault&) { return true; }
    bool on_null(Fault&) { return true; }
    bool on_comment_part(json::string_view, Fault&) { return true; }
    bool on_comment(json::string_view, Fault&) { return true; }
};

} // namespace

Result<json::value> read_strict_json(std::string_view text)
{
    if (!valid_utf8(text))
        return invalid("The body is not well-formed UTF-8.");
    json::parse_options options;
    options.max_depth = deepest;
    json::basic_parser<Names> names(options);
    json::error_code failed;
    names.write_some(false, text.data(), text.size(), failed);
    if (names.handler().twice)
        return invalid("A name stands twice in one object of the body; give each once.");
    json::error_code broken;
    auto value = json::parse({text.data(), text.size()}, broken, {}, options);
    if (failed || broken)
        return invalid("The body is not JSON: " + (broken ? broken : failed).message() + ".");
    return value;
}

void texts_in(const json::value& value, std::string& into)
{
    if (const auto* text = value.if_string()) {
        if (!text->empty())
            into.append(into.empty() ? "" : "\n").append(text->data(), text->size());
    } else if (const auto* list = value.if_array()) {
        for (const auto& each : *list)
            texts_in(each, into);
    } else if (const auto* object = value.if_object()) {
        for (const auto& each : *object)
            texts_in(each.value(), into);
    }
}

std::string json_text(std::string_view text)
{
    return json::serialize(json::string_view(text.data(), text.size()));
}

} // namespace handrail::gateway
