#include "http/openapi.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "http/json_text.h"
#include "http/router.h"

namespace handrail::http
{
namespace
{

constexpr std::string_view prefix = "/api/";

/// Splits at `|` outside quotes and angle brackets: map<text|null>|null is two parts.
std::vector<std::string_view> alternatives(std::string_view type)
{
    std::vector<std::string_view> out;
    std::size_t begin = 0, depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i <= type.size(); ++i) {
        if (i == type.size() || (type[i] == '|' && depth == 0 && !quoted)) {
            out.push_back(trimmed(type.substr(begin, i - begin)));
            begin = i + 1;
        } else if (type[i] == '"') {
            quoted = !quoted;
        } else if (type[i] == '<' || type[i] == '(') {
            ++depth;
        } else if (type[i] == '>' || type[i] == ')') {
            --depth;
        }
    }
    return out;
}

JsonObject typed_as(std::string_view json_type, std::string_view format = {})
{
    JsonObject out;
    out.add("type", json_type);
    if (!format.empty())
        out.add("format", format);
    return out;
}

JsonObject schema_of(std::string_view type, const std::set<std::string, std::less<>>& shapes)
{
    const auto parts = alternatives(type);
    if (parts.size() > 1 || parts[0].starts_with('"')) {
        JsonList quoted;
        JsonList any;
        std::size_t texts = 0;
        for (const auto part : parts) {
            if (part.size() > 1 && part.starts_with('"') && part.ends_with('"')) {
                quoted.add(part.substr(1, part.size() - 2));
                ++texts;
            } else {
                any.add(part == "null" ? typed_as("null") : schema_of(part, shapes));
            }
        }
        auto words = typed_as("string").add("enum", quoted);
        if (texts == parts.size())
            return words;
        if (texts > 0)
            any.add(words);
        return JsonObject{}.add("anyOf", any);
    }
    const auto one = parts[0];
    if (one.ends_with("[]"))
        return typed_as("array").add("items", schema_of(one.substr(0, one.size() - 2), shapes));
    if (one.ends_with("[2]"))
        return typed_as("array")
            .add("items", schema_of(one.substr(0, one.size() - 3), shapes))
            .add("minItems", 2)
            .add("maxItems", 2);
    if (one.starts_with('(') && one.ends_with(')'))
        return schema_of(one.substr(1, one.size() - 2), shapes);
    if (one.starts_with("map<") && one.ends_with('>'))
        return typed_as("object").add("additionalProperties",
                                      schema_of(one.substr(4, one.size() - 5), shapes));
    if (one == "text")
        return typed_as("string");
    if (one == "integer" || one == "number" || one == "null")
        return typed_as(one);
    if (one == "flag")
        return typed_as("boolean");
    if (one == "instant")
        return typed_as("string", "date-time");
    if (one == "day")
        return typed_as("string", "date");
    if (one == "id")
        return typed_as("string").add("pattern", "^[0-9a-hjkmnp-tv-z]{26}$");
    if (one == "json")
        return JsonObject{};
    ensure(shapes.contains(one), "a field's type is a known word or a declared shape");
    return JsonObject{}.add("$ref", "#/components/schemas/" + std::string(one));
}

JsonObject object_of(const std::vector<Field>& fields, const std::set<std::string, std::less<>>& shapes)
{
    JsonObject properties;
    JsonList required;
    bool any_required = false;
    for (const auto& field : fields) {
        const bool optional = field.name.ends_with('?');
        const auto name = field.name.substr(0, field.name.size() - (optional ? 1 : 0));
        auto schema = schema_of(field.type, shapes);
        if (!field.about.empty())
            schema.add("description", field.about);
        properties.add(name, schema);
        if (!optional) {
            required.add(name);
            any_required = true;
        }
    }
    auto out = typed_as("object").add("properties", properties);
    if (any_required)
        out.add("required", required);
    return out;
}

std::vector<std::string_view> segments_of(std::string_view pattern)
{
    auto out = split(pattern.substr(1), '/');
    std::erase_if(out, [](std::string_view segment) { return segment.empty(); });
    return out;
}

/// "postAlertsByAlertAcknowledge" of POST /api/v1/alerts/{alert}/acknowledge.
std::string operation_id(const Route& route)
{
    auto out = lower_ascii(name(route.method));
    const auto segments = segments_of(route.pattern);
    for (std::size_t i = 0; i < segments.size(); ++i) {
        auto segment = segments[i];
        if (i == 0 || (i == 1 && segment == "v1"))
            continue;
        if (segment.starts_with('{')) {
            out += "By";
            segment = segment.substr(1, segment.size() - 2);
        }
        bool upper = true;
        for (const char c : segment) {
            const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (letter)
                out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            upper = !letter;
        }
    }
    return out;
}

JsonObject content(std::string_view type, const JsonObject& schema, const std::string& example)
{
    JsonObject media;
    media.add("schema", schema);
    if (!example.empty())
        media.raw("example", example);
    return JsonObject{}.add(type, media);
}

JsonList callers_of(const Callers& callers)
{
    JsonList out;
    if (callers.may_be_nobody())
        return out.add("anyone");
    for (const auto role :
         {Role::Person, Role::Supporter, Role::Clinician, Role::Lead, Role::Administrator, Role::Integration})
        if (callers.includes(role))
            out.add(name(role));
    return out;
}

JsonObject operation(const Route& route, const std::set<std::string, std::less<>>& shapes)
{
    const auto segments = segments_of(route.pattern);
    JsonObject out;
    out.add("operationId", operation_id(route));
    out.add("summary", route.summary);
    if (segments.size() > 2)
        out.add("tags", JsonList{}.add(segments[2]));
    JsonList parameters;
    bool any = false;
    for (const auto segment : segments)
        if (segment.starts_with('{')) {
            parameters.add(JsonObject{}
                               .add("name", segment.substr(1, segment.size() - 2))
                               .add("in", "path")
                               .add("required", true)
                               .add("schema", typed_as("string")));
            any = true;
        }
    for (const auto& field : route.query) {
        const bool optional = field.name.ends_with('?');
        JsonObject parameter;
        parameter.add("name", field.name.substr(0, field.name.size() - (optional ? 1 : 0)));
        parameter.add("in", "query");
        if (!field.about.empty())
            parameter.add("description", field.about);
        parameter.add("required", !optional);
        parameter.add("schema", schema_of(field.type, shapes));
        parameters.add(parameter);
        any = true;
    }
    if (!is_safe(route.method) && !route.callers.may_be_nobody()) {
        parameters.add(JsonObject{}
                           .add("name", "Idempotency-Key")
                           .add("in", "header")
                           .add("description",
                                "8 to 128 visible ASCII characters; the same key is carried out once. 409 of type "
                                "/problems/done-before: it was, and its answer is not there")
                           .add("required", false)
                           .add("schema", typed_as("string").add("minLength", 8).add("maxLength", 128)));
        any = true;
    }
    if (any)
        out.add("parameters", parameters);
    if (!route.fields.empty())
        out.add(
            "requestBody",
            JsonObject{}
                .add("required",
                     !std::ranges::all_of(route.fields,
                                          [](const Field& field) { return field.name.ends_with('?'); }))
                .add("content", content("application/json", object_of(route.fields, shapes), route.example)));

    JsonObject good;
    good.add("description", reason_phrase(route.status));
    if (!route.answer_type.empty())
        good.add("content",
                 content(route.produces, schema_of(route.answer_type, shapes), route.answer_example));
    else if (!route.answer.empty())
        good.add("content", content(route.produces, object_of(route.answer, shapes), route.answer_example));
    else if (route.produces != "application/json")
        good.add("content", content(route.produces, typed_as("string"), {}));
    JsonObject responses;
    responses.add(std::to_string(route.status), good);
    responses.add("default", JsonObject{}.add("$ref", "#/components/responses/Problem"));
    out.add("responses", responses);
    out.add("x-callers", callers_of(route.callers));
    if (route.callers.may_be_nobody())
        out.add("security", JsonList{});
    return out;
}

const std::vector<Field>& problem_fields()
{
    static const std::vector<Field> fields = {
        {"type", "text", "about:blank, or /problems/NAME when a page can do something about it"},
        {"title", "text"},
        {"status", "integer"},
        {"detail?", "text", "plain words for the person who asked"},
        {"where?", "text", "JSON pointer to the first field that is wrong, or ?name for the query"},
        {"errors?", "ProblemPlace[]", "all of them, when there are several"},
        {"reference?", "text", "stands in the operator's log too"},
    };
    return fields;
}

} // namespace

std::string openapi(const Router& router, const std::string& version)
{
    std::set<std::string, std::less<>> shapes = {"Problem", "ProblemPlace"};
    for (const auto& shape : router.shapes())
        ensure(shapes.insert(shape.name).second, "a shape is declared once");

    std::map<std::string, std::map<std::string, const Route*>> paths;
    for (const auto& route : router.routes())
        if (route.pattern.starts_with(prefix))
            paths[route.pattern][lower_ascii(name(route.method))] = &route;

    std::set<std::string> ids;
    JsonObject written_paths;
    for (const auto& [pattern, methods] : paths) {
        JsonObject path;
        for (const auto& [method, route] : methods) {
            ensure(ids.insert(operation_id(*route)).second, "an operation's id is its own");
            path.add(method, operation(*route, shapes));
        }
        written_paths.add(pattern, path);
    }

    JsonObject schemas;
    schemas.add("Problem", object_of(problem_fields(), shapes));
    schemas.add("ProblemPlace", object_of({{"where", "text"}, {"detail", "text"}}, shapes));
    for (const auto& shape : router.shapes()) {
        auto schema = shape.type.empty() ? object_of(shape.fields, shapes) : schema_of(shape.type, shapes);
        if (!shape.about.empty())
            schema.add("description", shape.about);
        schemas.add(shape.name, schema);
    }
    const auto problem =
        JsonObject{}
            .add("description", "A problem document (RFC 9457)")
            .add("content", content("application/problem+json",
                                    JsonObject{}.add("$ref", "#/components/schemas/Problem"), {}));
    const auto session =
        JsonObject{}.add("type", "apiKey").add("in", "cookie").add("name", router.hooks().session_cookie);
    return JsonObject{}
        .add("openapi", "3.1.0")
        .add("info", JsonObject{}.add("title", "Handrail").add("version", version))
        .add("paths", written_paths)
        .add("components", JsonObject{}
                               .add("schemas", schemas)
                               .add("responses", JsonObject{}.add("Problem", problem))
                               .add("securitySchemes", JsonObject{}.add("session", session)))
        .add("security", JsonList{}.add(JsonObject{}.add("session", JsonList{})))
        .done();
}

} // namespace handrail::http
