#include "app/commands/json_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace handrail::app {

std::string json_quoted(std::string_view text)
{
    std::string out = "\"";
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
            if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) {
                std::array<char, 8> escaped{};
                std::snprintf(escaped.data(), escaped.size(), "\\u%04x", static_cast<unsigned>(c));
                out += escaped.data();
            } else {
                out += c;
            }
        }
    }
    out += '"';
    return out;
}

std::string json_number(double value, bool whole)
{
    if (!std::isfinite(value))
        return "null";
    std::array<char, 64> text{};
    const bool fits = std::abs(value) < 9007199254740992.0;
    const auto end = whole && fits
                         ? std::to_chars(text.data(), text.data() + text.size(), static_cast<std::int64_t>(value)).ptr
                         : std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    std::string out(text.data(), end);
    if (!whole && out.find_first_of(".e") == std::string::npos)
        out += ".0";
    return out;
}

std::string json_error_line(std::string_view id, std::size_t line, std::string_view error)
{
    return "{\"id\":" + std::string(id) + ",\"line\":" + std::to_string(line) + ",\"error\":" + json_quoted(error) +
           "}";
}

} // namespace handrail::app
