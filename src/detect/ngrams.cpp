#include "detect/ngrams.h"

#include <string>

#include <unicode/uchar.h>

#include "nlp/folding.h"

namespace handrail::detect {

namespace {

constexpr std::uint64_t word_seed = 0x9E3779B97F4A7C15ULL;
constexpr std::uint64_t letter_seed = 0xC2B2AE3D27D4EB4FULL;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t part)
{
    hash ^= part + 0x9E3779B97F4A7C15ULL + (hash << 6U) + (hash >> 2U);
    hash *= 0xFF51AFD7ED558CCDULL;
    return hash ^ (hash >> 33U);
}

std::uint32_t closed(std::uint64_t hash)
{
    hash *= 0xC4CEB9FE1A85EC53ULL;
    return static_cast<std::uint32_t>(hash >> 32U);
}

bool is_word_letter(char32_t c)
{
    if (c < 0x80)
        return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9');
    return u_isalnum(static_cast<UChar32>(c)) != 0;
}

bool stands_alone(char32_t c)
{
    return c >= 0x2E80 && (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC) != 0 ||
                           (c >= 0x3040 && c < 0x3100) || (c >= 0xAC00 && c < 0xD7B0));
}

struct Span {
    std::size_t begin;
    std::size_t end;
};

/// Words (letters, digits, an apostrophe inside), signs, and runs of one sign as one.
void cut(const std::u32string& text, std::vector<Span>& out)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto c = text[at];
        auto end = at + 1;
        if (c == U' ' || c == U'\n') {
            at = end;
            continue;
        }
        if (is_word_letter(c) && !stands_alone(c)) {
            while (end < text.size() &&
                   ((is_word_letter(text[end]) && !stands_alone(text[end])) ||
                    (text[end] == U'\'' && end + 1 < text.size() && is_word_letter(text[end + 1]))))
                ++end;
        } else if (!is_word_letter(c)) {
            while (end < text.size() && end < at + 3 && text[end] == c)
                ++end;
        }
        out.push_back({at, end});
        at = end;
    }
}

} // namespace

void read_ngrams(std::string_view utf8, const NgramShape& shape, Ngrams& out)
{
    out.words.clear();
    out.letters.clear();
    out.singles.clear();
    std::u32string text;
    text.reserve(utf8.size());
    for (const auto c : nlp::code_points_of(utf8))
        nlp::fold(c, text);
    std::vector<Span> tokens;
    cut(text, tokens);
    out.tokens = static_cast<std::uint32_t>(tokens.size());
    std::vector<std::uint64_t> hashes;
    hashes.reserve(tokens.size());
    for (const auto& token : tokens) {
        std::uint64_t hash = word_seed;
        for (auto at = token.begin; at < token.end; ++at)
            hash = mixed(hash, text[at]);
        hashes.push_back(hash);
    }
    for (std::size_t first = 0; first < hashes.size(); ++first) {
        std::uint64_t hash = word_seed;
        for (std::size_t n = 0; n < shape.words && first + n < hashes.size(); ++n) {
            hash = mixed(hash, hashes[first + n]);
            out.words.push_back(closed(hash));
            if (n == 0)
                out.singles.push_back(out.words.back());
        }
    }
    if (shape.letters_to == 0)
        return;
    std::u32string word;
    for (const auto& token : tokens) {
        word.assign(1, U' ');
        word.append(text, token.begin, token.end - token.begin);
        word.push_back(U' ');
        for (std::size_t first = 0; first < word.size(); ++first) {
            std::uint64_t hash = letter_seed;
            for (std::size_t n = 1; n <= shape.letters_to && first + n <= word.size(); ++n) {
                hash = mixed(hash, word[first + n - 1]);
                if (n >= shape.letters_from)
                    out.letters.push_back(closed(hash));
            }
        }
    }
}

} // namespace handrail::detect
