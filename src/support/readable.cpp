#include "support/readable.h"

#include <cctype>
#include <cstdint>

namespace handrail::support {

namespace {

/// The code point at a place of well-formed UTF-8, and the place after it.
std::uint32_t next_code_point(std::string_view text, std::size_t& at)
{
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80)
        return lead;
    std::uint32_t out = lead >= 0xf0 ? lead & 0x07U : lead >= 0xe0 ? lead & 0x0fU : lead & 0x1fU;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U)
        out = out << 6U | (static_cast<unsigned char>(text[at++]) & 0x3fU);
    return out;
}

bool invisible(std::uint32_t c)
{
    return c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0xad || c == 0x34f || c == 0x61c || c == 0x180e ||
           (c >= 0x2000 && c <= 0x200f) || (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f) || c == 0x3000 ||
           c == 0x2800 || c == 0x3164 || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || (c >= 0xe0000 && c <= 0xe0fff);
}

/// Arrows, boxes, dingbats, emoji: everything that is drawn and not written.
bool drawn(std::uint32_t c)
{
    return (c >= 0x2010 && c <= 0x2bff) || (c >= 0x3001 && c <= 0x303f) || (c >= 0x1f000 && c <= 0x1faff) || c == 0xfffd ||
           (c >= 0xa1 && c <= 0xbf && c != 0xaa && c != 0xb5 && c != 0xba);
}

template <class Test> bool any(std::string_view text, const Test& test)
{
    for (std::size_t at = 0; at < text.size();)
        if (test(next_code_point(text, at)))
            return true;
    return false;
}

} // namespace

bool readable(std::string_view message)
{
    return any(message, [](std::uint32_t c) { return !invisible(c); });
}

bool in_words(std::string_view message)
{
    return any(message, [](std::uint32_t c) {
        return c < 0x80 ? std::isalnum(static_cast<int>(c)) != 0 : !invisible(c) && !drawn(c);
    });
}

} // namespace handrail::support
