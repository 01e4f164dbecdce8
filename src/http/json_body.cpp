#include "http/json_body.h"

#include <algorithm>
#include <cmath>

#include <boost/json.hpp>

#include "base/text.h"

namespace handrail::http
{
namespace
{

namespace json = boost::json;

constexpr std::size_t deepest = 32;
constexpr std::size_t most_errors = 20;
constexpr std::size_t longest_name = 80; ///< characters of a member's name that a pointer repeats

const json::object& nothing()
{
    static const json::object empty;
    return empty;
}

const json::object& as_object(const void* object)
{
    return object ? *static_cast<const json::object*>(object) : nothing();
}

Body::Kind kind_of(const json::value& value)
{
    switch (value.kind()) {
    case json::kind::null:
        return Body::Kind::Null;
    case json::kind::bool_:
        return Body::Kind::Flag;
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
        return Body::Kind::Number;
    case json::kind::string:
        return Body::Kind::Text;
    case json::kind::array:
        return Body::Kind::List;
    case json::kind::object:
        return Body::Kind::Object;
    }
    return Body::Kind::Null;
}

/// The escapes of RFC 6901; a line break, which would end the pointer in an Error, becomes a space.
std::string pointer_part(std::string_view name)
{
    std::string out = "/";
    for (const char c : name.substr(0, byte_offset(name, longest_name))) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out;
}

/// "line 3, column 14" of a byte offset, counted in code points from 1.
std::string place(std::string_view text, std::size_t offset)
{
    const auto before = text.substr(0, std::min(offset, text.size()));
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const auto rest = before.substr(start);
    const auto column = 1 + std::ranges::count_if(rest, [](char c) { return (c & 0xc0) != 0x80; });
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

Error unreadable(const std::string& why, std::string_view text, std::size_t offset)
{
    const auto where = place(text, offset);
    return invalid(why + ", at " + where + ".", where);
}

/// The offset of the first character that is not well-formed UTF-8.
std::size_t first_bad_byte(std::string_view text)
{
    std::size_t low = 0;
    for (std::size_t i = 1; i <= text.size(); ++i) {
        // Only whole characters are tried: from one first byte to the next.
        if (i == text.size() || (text[i] & 0xc0) != 0x80) {
            if (!valid_utf8(text.substr(low, i - low)))
                return low;
            low = i;
        }
    }
    return low;
}

/// A number as a whole number: 3, and 3.0 too, since some writers know only one kind of number.
std::optional<std::int64_t> whole(const json::value& value)
{
    if (value.is_int64())
        return value.get_int64();
    if (value.is_double() && std::trunc(value.get_double()) == value.get_double() &&
        std::abs(value.get_double()) <= 9007199254740992.0)
        return static_cast<std::int64_t>(value.get_double());
    return std::nullopt;
}

} // namespace

struct Body::Document {
    /// Moved, not assigned: an assignment would copy the tree into another memory resource.
    explicit Document(json::value&& read) : root(std::move(read)) {}
    json::value root;
    std::vector<std::pair<std::string, std::string>> errors; ///< pointer, what was wrong
};

Result<Body> Body::parsed(std::string_view text)
{
    if (!valid_utf8(text))
        return unreadable("The body is not valid UTF-8", text, first_bad_byte(text));
    json::parse_options options;
    options.max_depth = deepest;
    json::stream_parser parser(json::make_shared_resource<json::monotonic_resource>(), options);
    boost::system::error_code error;
    const auto read = parser.write_some(text.data(), text.size(), error);
    if (!error)
        parser.finish(error);
    if (error == json::error::too_deep)
        return unreadable("The body is nested deeper than " + std::to_string(deepest) + " levels", text,
                          read);
    if (!error && read < text.size() && !trimmed(text.substr(read)).empty())
        error = json::error::extra_data;
    if (error)
        return unreadable("The body is not JSON: " + error.message(), text, read);
    auto document = std::make_shared<Document>(parser.release());
    const auto* object = document->root.if_object();
    if (!object)
        return invalid("The body must be a JSON object: { … }.");
    return Body(std::move(document), object, {});
}

Body::Kind Body::kind(std::string_view name) const
{
    const auto* value = as_object(object_).if_contains(name);
    return value ? kind_of(*value) : Kind::Absent;
}

std::vector<std::string> Body::names() const
{
    std::vector<std::string> out;
    for (const auto& member : as_object(object_))
        out.emplace_back(member.key());
    return out;
}

std::size_t Body::size() const
{
    return as_object(object_).size();
}

std::string Body::raw(std::string_view name) const
{
    const auto* value = as_object(object_).if_contains(name);
    return value ? json::serialize(*value) : std::string();
}

std::string Body::pointer_to(std::string_view name) const
{
    return name.empty() ? pointer_ : pointer_ + pointer_part(name);
}

void Body::refuse(std::string_view name, std::string told)
{
    if (document_->errors.size() < most_errors)
        document_->errors.emplace_back(pointer_to(name), std::move(told));
}

Result<void> Body::checked() const
{
    if (document_->errors.empty())
        return {};
    Error error{ErrorKind::Invalid, {}, {}, {}};
    for (const auto& [pointer, told] : document_->errors) {
        if (!error.told.empty()) {
            error.told += '\n';
            error.where += '\n';
        }
        error.told += told;
        error.where += pointer.empty() ? "/" : pointer;
    }
    return error;
}

std::optional<std::string> Body::optional_text(std::string_view name, std::size_t longest)
{
    const auto* value = as_object(object_).if_contains(name);
    if (!value || value->is_null())
        return std::nullopt;
    if (!value->is_string()) {
        refuse(name, "This must be text.");
        return std::nullopt;
    }
    std::string text(value->get_string());
    if (text.find('\0') != std::string::npos) {
        refuse(name, "This text holds a NUL character.");
        return std::nullopt;
    }
    // A code point is at least one byte, so most texts need no counting.
    if (text.size() > longest && code_points(text) > longest) {
        refuse(name, "This text is too long: at most " + std::to_string(longest) + " characters.");
        return std::nullopt;
    }
    return text;
}

std::string Body::text(std::string_view name, std::size_t longest, std::size_t shortest)
{
    if (const auto held = kind(name); held == Kind::Absent || held == Kind::Null) {
        refuse(name, "This is missing.");
        return {};
    }
    auto text = optional_text(name, longest);
    if (!text)
        return {};
    if (text->size() < shortest || code_points(*text) < shortest) {
        refuse(name, text->empty()
                         ? "This is empty."
                         : "This text is too short: at least " + std::to_string(shortest) + " characters.");
        return {};
    }
    return std::move(*text);
}

std::string Body::text_or(std::string_view name, std::size_t longest, std::string otherwise)
{
    auto text = optional_text(name, longest);
    return text ? std::move(*text) : std::move(otherwise);
}

std::optional<std::string> Body::optional_one_of(std::string_view name,
                                                 std::initializer_list<std::string_view> choices)
{
    auto text = optional_text(name, 100);
    if (!text || std::ranges::find(choices, *text) != choices.end())
        return text;
    std::string known;
    for (const auto choice : choices)
        known += (known.empty() ? "" : ", ") + std::string(choice);
    refuse(name, "This must be one of: " + known + ".");
    return std::nullopt;
}

std::string Body::one_of(std::string_view name, std::initializer_list<std::string_view> choices)
{
    if (const auto held = kind(name); held == Kind::Absent || held == Kind::Null) {
        refuse(name, "This is missing.");
        return {};
    }
    return optional_one_of(name, choices).value_or("");
}

std::optional<std::int64_t> Body::optional_number(std::string_view name, std::int64_t low, std::int64_t high)
{
    const auto* value = as_object(object_).if_contains(name);
    if (!value || value->is_null())
        return std::nullopt;
    const auto number = whole(*value);
    if (!number || *number < low || *number > high) {
        refuse(name, "This must be a whole number from " + std::to_string(low) + " to " +
                         std::to_string(high) + ".");
        return std::nullopt;
    }
    return number;
}

std::int64_t Body::number(std::string_view name, std::int64_t low, std::int64_t high)
{
    if (const auto held = kind(name); held == Kind::Absent || held == Kind::Null) {
        refuse(name, "This is missing.");
        return low;
    }
    return optional_number(name, low, high).value_or(low);
}

double Body::real(std::string_view name, double low, double high)
{
    const auto* value = as_object(object_).if_contains(name);
    if (!value || value->is_null()) {
        refuse(name, "This is missing.");
        return low;
    }
    boost::system::error_code error;
    const double number = value->is_number() ? value->to_number<double>(error) : low - 1;
    if (error || !(number >= low && number <= high)) {
        refuse(name, "This must be a number from " + json::serialize(json::value(low)) + " to " +
                         json::serialize(json::value(high)) + ".");
        return low;
    }
    return number;
}

std::optional<bool> Body::optional_flag(std::string_view name)
{
    const auto* value = as_object(object_).if_contains(name);
    if (!value || value->is_null())
        return std::nullopt;
    if (!value->is_bool()) {
        refuse(name, "This must be true or false.");
        return std::nullopt;
    }
    return value->get_bool();
}

bool Body::flag_or(std::string_view name, bool otherwise)
{
    return optional_flag(name).value_or(otherwise);
}

bool Body::flag(std::string_view name)
{
    if (const auto held = kind(name); held == Kind::Absent || held == Kind::Null)
        refuse(name, "This is missing.");
    return flag_or(name, false);
}

std::optional<Instant> Body::optional_instant(std::string_view name)
{
    const auto text = optional_text(name, 40);
    if (!text)
        return std::nullopt;
    auto at = from_rfc3339(*text);
    if (!at) {
        refuse(name, "This must be an instant such as 2026-03-02T22:10:00Z.");
        return std::nullopt;
    }
    return *at;
}

Instant Body::instant(std::string_view name)
{
    if (const auto held = kind(name); held == Kind::Absent || held == Kind::Null)
        refuse(name, "This is missing.");
    return optional_instant(name).value_or(Instant{});
}

std::vector<std::string> Body::texts(std::string_view name, std::size_t most, std::size_t longest)
{
    const auto* value = as_object(object_).if_contains(name);
    if (!value || value->is_null())
        return {};
    const auto* array = value->if_array();
    if (!array) {
        refuse(name, "This must be a list of texts.");
        return {};
    }
    if (array->size() > most) {
        refuse(name, "This list is too long: at most " + std::to_string(most) + ".");
        return {};
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < array->size(); ++i) {
        const auto* text = (*array)[i].if_string();
        const bool fits = text && text->find('\0') == json::string::npos &&
                          (text->size() <= longest || code_points(std::string_view(*text)) <= longest);
        if (fits)
            out.emplace_back(*text);
        else if (document_->errors.size() < most_errors)
            document_->errors.emplace_back(pointer_to(name) + "/" + std::to_string(i),
                                           "This must be text of at most " + std::to_string(longest) +
                                               " characters.");
    }
    return out;
}

std::vector<std::int64_t> Body::numbers(std::string_view name, std::size_t most, std::int64_t low, std::int64_t high)
{
    const auto* value = as_object(object_).if_contains(name);
    if (!value || value->is_null())
        return {};
    std::vector<std::int64_t> out;
    if (const auto* array = value->if_array(); array && array->size() <= most)
        for (const auto& each : *array)
            if (each.is_int64() && each.get_int64() >= low && each.get_int64() <= high)
                out.push_back(each.get_int64());
    if (!value->is_array() || out.size() != value->get_array().size())
        refuse(name, "This must be a list of at most " + std::to_string(most) + " whole numbers from " + std::to_string(low) +
                         " to " + std::to_string(high) + ".");
    return out;
}

std::vector<Body> Body::list(std::string_view name, std::size_t most)
{
    const auto* value = as_object(object_).if_contains(name);
    if (!value || value->is_null())
        return {};
    const auto* array = value->if_array();
    if (!array) {
        refuse(name, "This must be a list.");
        return {};
    }
    if (array->size() > most) {
        refuse(name, "This list is too long: at most " + std::to_string(most) + ".");
        return {};
    }
    std::vector<Body> out;
    for (std::size_t i = 0; i < array->size(); ++i) {
        const auto pointer = pointer_to(name) + "/" + std::to_string(i);
        if (const auto* object = (*array)[i].if_object())
            out.push_back(Body(document_, object, pointer));
        else if (document_->errors.size() < most_errors)
            document_->errors.emplace_back(pointer, "This must be an object: { … }.");
    }
    return out;
}

std::optional<Body> Body::optional_object(std::string_view name)
{
    const auto* value = as_object(object_).if_contains(name);
    if (!value || value->is_null())
        return std::nullopt;
    const auto* object = value->if_object();
    if (!object) {
        refuse(name, "This must be an object: { … }.");
        return std::nullopt;
    }
    return Body(document_, object, pointer_to(name));
}

Body Body::object(std::string_view name)
{
    if (const auto held = kind(name); held == Kind::Absent || held == Kind::Null)
        refuse(name, "This is missing.");
    auto object = optional_object(name);
    return object ? std::move(*object) : Body(document_, nullptr, pointer_to(name));
}

Result<Body> body_of(const Request& request)
{
    if (trimmed(request.body).empty())
        return Body::parsed("{}");
    const auto type = lower_ascii(trimmed(split(request.header("Content-Type"), ';')[0]));
    if (type != "application/json")
        return Error{ErrorKind::Invalid,
                     "The body must be sent as Content-Type: application/json.",
                     {},
                     "type:media-type"};
    return Body::parsed(request.body);
}

} // namespace handrail::http
