#include "http/json_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace handrail::http
{

void append_json_string(std::string& out, std::string_view text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                out += "\\u00";
                out += hex[static_cast<unsigned char>(c) >> 4];
                out += hex[static_cast<unsigned char>(c) & 15];
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

void append_json_number(std::string& out, double number)
{
    if (!std::isfinite(number)) {
        out += "null";
        return;
    }
    std::array<char, 32> text;
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
    out.append(text.data(), end);
}

JsonObject& JsonObject::raw(std::string_view name, std::string_view json)
{
    if (text_.size() > 1)
        text_ += ',';
    append_json_string(text_, name);
    text_ += ':';
    text_ += json;
    return *this;
}

JsonObject& JsonObject::add(std::string_view name, std::string_view text)
{
    raw(name, {});
    append_json_string(text_, text);
    return *this;
}

JsonObject& JsonObject::add(std::string_view name, double number)
{
    raw(name, {});
    append_json_number(text_, number);
    return *this;
}

JsonObject& JsonObject::add(std::string_view name, Instant at)
{
    return add(name, to_rfc3339(at));
}
JsonObject& JsonObject::add(std::string_view name, const JsonList& list)
{
    return raw(name, list.done());
}

JsonList& JsonList::raw(std::string_view json)
{
    if (text_.size() > 1)
        text_ += ',';
    text_ += json;
    return *this;
}

JsonList& JsonList::add(std::string_view text)
{
    raw({});
    append_json_string(text_, text);
    return *this;
}

JsonList& JsonList::add(double number)
{
    raw({});
    append_json_number(text_, number);
    return *this;
}

JsonList& JsonList::add(Instant at)
{
    return add(to_rfc3339(at));
}

} // namespace handrail::http
