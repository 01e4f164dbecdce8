#include "language/written.h"

#include <cctype>
#include <cstdint>

namespace handrail::language {

namespace {

struct Letter {
    std::uint32_t point = 0;
    std::size_t bytes = 1;
};

Letter letter_at(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const auto first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : first >> 5U == 6 ? 2 : first >> 4U == 14 ? 3 : first >> 3U == 30 ? 4 : 1;
    if (length == 1 || at + length > text.size())
        return {first, 1};
    std::uint32_t point = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        point = point << 6U | (byte(i) & 0x3FU);
    return {point, length};
}

void put(std::string& out, std::uint32_t point)
{
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xC0U | point >> 6U);
        out += static_cast<char>(0x80U | (point & 0x3FU));
    } else {
        out += static_cast<char>(0xE0U | point >> 12U);
        out += static_cast<char>(0x80U | (point >> 6U & 0x3FU));
        out += static_cast<char>(0x80U | (point & 0x3FU));
    }
}

std::uint32_t low_of(std::uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3AB) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    switch (c) {
    case 0x130: return 'i';
    case 0x178: return 0xFF;
    case 0x386: return 0x3AC;
    case 0x388: case 0x389: case 0x38A: return c + 37;
    case 0x38C: return 0x3CC;
    case 0x38E: case 0x38F: return c + 63;
    default: break;
    }
    const bool odd_is_capital = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    if (odd_is_capital)
        return c % 2 == 1 ? c + 1 : c;
    if ((c >= 0x100 && c <= 0x177) || (c >= 0x1DE && c <= 0x1EF) || (c >= 0x1F8 && c <= 0x21F) || (c >= 0x1E00 && c <= 0x1EFF))
        return c % 2 == 0 ? c + 1 : c;
    return c;
}

bool is_letter(std::uint32_t c)
{
    if (c < 0x80)
        return std::isalpha(static_cast<int>(c)) != 0;
    // Signs, emoji and spaces beyond ASCII are no letters.
    return (c >= 0xC0 && c <= 0x2AF && c != 0xD7 && c != 0xF7) || (c >= 0x300 && c <= 0x1FFF) || (c >= 0x3040 && c <= 0xD7FF) ||
           c == 0xAA || c == 0xBA || c == 0xB5;
}

bool is_apostrophe(std::uint32_t c) { return c == '\'' || c == 0x2019 || c == 0x2018; }

} // namespace

std::string low_letters(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto letter = letter_at(text, at);
        if (letter.bytes == 1)
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
        else if (is_apostrophe(letter.point))
            out += '\'';
        else if (const auto low = low_of(letter.point); low != letter.point)
            put(out, low);
        else
            out.append(text.substr(at, letter.bytes));
        at += letter.bytes;
    }
    return out;
}

std::vector<Piece> pieces_of(std::string_view text)
{
    std::vector<Piece> out;
    bool spaced = true;
    bool opens = true;
    for (std::size_t at = 0; at < text.size();) {
        const auto first = letter_at(text, at);
        if (first.point == ' ' || first.point == '\t' || first.point == '\r' || first.point == 0xA0) {
            at += first.bytes;
            spaced = true;
            continue;
        }
        Piece piece;
        piece.begin = at;
        piece.spaced = spaced;
        spaced = false;
        if (first.point == '\n') {
            piece.kind = Piece::Kind::Line;
            piece.end = ++at;
            spaced = true;
            opens = true;
            out.push_back(std::move(piece));
            continue;
        }
        const auto digit = [](std::uint32_t c) { return c >= '0' && c <= '9'; };
        if (!is_letter(first.point) && !digit(first.point)) {
            piece.end = at + first.bytes;
            piece.low = std::string(text.substr(at, first.bytes));
            if (first.point == '.' || first.point == '!' || first.point == '?' || first.point == 0x2026)
                opens = true;
            at += first.bytes;
            out.push_back(std::move(piece));
            continue;
        }
        std::size_t letters = 0, digits = 0, capitals = 0;
        while (at < text.size()) {
            const auto letter = letter_at(text, at);
            if (is_letter(letter.point)) {
                ++letters;
                capitals += low_of(letter.point) != letter.point ? 1 : 0;
            } else if (digit(letter.point)) {
                ++digits;
            } else if ((is_apostrophe(letter.point) || letter.point == '-') && at + letter.bytes < text.size() && digits == 0) {
                const auto next = letter_at(text, at + letter.bytes);
                if (!is_letter(next.point))
                    break;
            } else {
                break;
            }
            at += letter.bytes;
        }
        piece.end = at;
        piece.kind = letters == 0 ? Piece::Kind::Number : digits == 0 ? Piece::Kind::Word : Piece::Kind::Mixed;
        piece.low = low_letters(text.substr(piece.begin, at - piece.begin));
        piece.capital = low_of(first.point) != first.point;
        piece.shouted = letters > 1 && capitals == letters;
        piece.opens = opens;
        opens = false;
        out.push_back(std::move(piece));
    }
    return out;
}

} // namespace handrail::language
