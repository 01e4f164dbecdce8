#include "base/text.h"

#include <sodium.h>

namespace handrail {

namespace {

/// Length of the well-formed sequence at `at`, or 0.
std::size_t sequence_length(std::string_view bytes, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const auto follows = [&](std::size_t i) { return i < bytes.size() && (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(at);
    if (first < 0x80U)
        return 1;
    if (first >= 0xC2U && first <= 0xDFU)
        return follows(at + 1) ? 2 : 0;
    if (first >= 0xE0U && first <= 0xEFU) {
        if (!follows(at + 1) || !follows(at + 2))
            return 0;
        const unsigned second = byte(at + 1);
        if ((first == 0xE0U && second < 0xA0U) || (first == 0xEDU && second > 0x9FU))
            return 0;
        return 3;
    }
    if (first >= 0xF0U && first <= 0xF4U) {
        if (!follows(at + 1) || !follows(at + 2) || !follows(at + 3))
            return 0;
        const unsigned second = byte(at + 1);
        if ((first == 0xF0U && second < 0x90U) || (first == 0xF4U && second > 0x8FU))
            return 0;
        return 4;
    }
    return 0;
}

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

} // namespace

bool valid_utf8(std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size();) {
        const auto length = sequence_length(bytes, at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

std::size_t code_points(std::string_view text) { return code_point_offset(text, text.size()); }

std::size_t code_point_offset(std::string_view text, std::size_t byte_offset)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size() && i < byte_offset; ++i)
        count += starts_code_point(text[i]) ? 1U : 0U;
    return count;
}

std::size_t byte_offset(std::string_view text, std::size_t code_point_offset)
{
    std::size_t at = 0;
    while (at < text.size() && code_point_offset > 0) {
        ++at;
        while (at < text.size() && !starts_code_point(text[at]))
            ++at;
        --code_point_offset;
    }
    return at;
}

std::string_view cut_code_points(std::string_view text, std::size_t begin, std::size_t end)
{
    if (!valid_utf8(text))
        return {};
    const auto rest = text.substr(byte_offset(text, begin));
    return rest.substr(0, byte_offset(rest, end - begin));
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

std::string lower_ascii(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    return out;
}

std::string to_hex(std::string_view bytes)
{
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    out.pop_back();
    return out;
}

std::string to_base64url(std::string_view bytes)
{
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      variant);
    out.pop_back();
    return out;
}

bool from_base64url(std::string_view text, std::string& bytes)
{
    bytes.assign(text.size(), '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    const int failed =
        sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                          nullptr, &length, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    bytes.resize(failed == 0 ? length : 0);
    return failed == 0 && end == text.data() + text.size();
}

} // namespace handrail
