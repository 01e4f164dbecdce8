#include "detect/ngrams.h"

#include <algorithm>
#include <array>
#include <bit>

#include <unicode/uchar.h>

#include "base/room.h"
#include "detect/identity_words.h"
#include "nlp/folding.h"

namespace handrail::detect {

namespace {

constexpr std::uint64_t word_seed = 0x9E3779B97F4A7C15ULL;
constexpr std::size_t longest_word = 256; ///< letters that are looked at
constexpr std::size_t most_kept = 16'384; ///< characters: room that a thread keeps between texts
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

/// Words (letters, digits, an apostrophe inside), signs, and runs of one sign as one.
void cut(const std::u32string& text, std::vector<Tokens::Span>& out)
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
        out.push_back({at, end, is_word_letter(c)});
        at = end;
    }
}

std::uint64_t hash_of(std::u32string_view token)
{
    std::uint64_t hash = word_seed;
    for (const auto c : token)
        hash = mixed(hash, c);
    return hash;
}

constexpr std::uint64_t somebody = 0x5B0D1; ///< in place of the hash of a word that says who somebody is
/// In place of the article before it: "a Muslim", "an atheist", "une femme", "ein Mann" are read alike.
constexpr std::uint64_t an_article = 0xA57C1;

bool is_article(std::u32string_view word)
{
    static constexpr std::array<std::u32string_view, 13> articles{U"a",   U"an",   U"un",    U"una", U"une", U"uno", U"um",
                                                                  U"uma", U"ein",  U"eine",  U"einen", U"einem", U"einer"};
    return std::find(articles.begin(), articles.end(), word) != articles.end();
}

/// Open addressing; half of the slots stay empty.
class IdentityHashes {
public:
    IdentityHashes()
    {
        const auto words = identity_words();
        slots_.assign(std::bit_ceil(words.size() * 2 + 2), 0);
        for (const auto word : words) {
            const auto hash = hash_of(nlp::code_points_of(nlp::folded(word)));
            auto slot = hash & (slots_.size() - 1);
            while (slots_[slot] != 0)
                slot = (slot + 1) & (slots_.size() - 1);
            slots_[slot] = hash;
        }
    }
    bool has(std::uint64_t hash) const
    {
        for (auto slot = hash & (slots_.size() - 1); slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1))
            if (slots_[slot] == hash)
                return true;
        return false;
    }

private:
    std::vector<std::uint64_t> slots_;
};

} // namespace

std::uint32_t WordRun::add(std::uint64_t token)
{
    hash_ = mixed(hash_, token);
    return closed(hash_);
}

void read_tokens(std::string_view utf8, bool blind, Tokens& out, std::vector<std::uint32_t>* origin)
{
    thread_local std::u32string points;
    nlp::read_code_points(utf8, points);
    out.text.clear();
    out.text.reserve(points.size());
    for (std::uint32_t at = 0; at < points.size(); ++at) {
        nlp::fold(points[at], out.text);
        if (origin != nullptr)
            origin->resize(out.text.size(), at);
    }
    points.assign(points.size(), U' '); // nobody's words stay behind between messages
    keep_room(points, most_kept);
    out.spans.clear();
    cut(out.text, out.spans);
    out.hashes.clear();
    for (const auto& span : out.spans)
        out.hashes.push_back(hash_of({out.text.data() + span.begin, span.end - span.begin}));
    if (!blind)
        return;
    static const IdentityHashes hidden;
    for (std::size_t at = 0; at < out.hashes.size(); ++at) {
        if (!hidden.has(out.hashes[at]))
            continue;
        out.hashes[at] = somebody;
        if (at > 0 && is_article({out.text.data() + out.spans[at - 1].begin, out.spans[at - 1].end - out.spans[at - 1].begin}))
            out.hashes[at - 1] = an_article;
    }
}

void read_letters(const Tokens& tokens, std::size_t token, const NgramShape& shape, std::vector<std::uint32_t>& out)
{
    if (tokens.hashes[token] == somebody || tokens.hashes[token] == an_article)
        return;
    const auto begin = tokens.spans[token].begin;
    const auto size = std::min(tokens.spans[token].end - begin, longest_word) + 2;
    const auto letter = [&](std::size_t at) { return at == 0 || at + 1 == size ? U' ' : tokens.text[begin + at - 1]; };
    for (std::size_t first = 0; first < size; ++first) {
        std::uint64_t hash = letter_seed;
        for (std::size_t n = 1; n <= shape.letters_to && first + n <= size; ++n) {
            hash = mixed(hash, letter(first + n - 1));
            if (n >= shape.letters_from)
                out.push_back(closed(hash));
        }
    }
}

void read_ngrams(std::string_view utf8, const NgramShape& shape, Ngrams& out)
{
    out.words.clear();
    out.letters.clear();
    out.singles.clear();
    Tokens tokens;
    read_tokens(utf8, shape.blind, tokens);
    const auto count = tokens.spans.size();
    out.tokens = static_cast<std::uint32_t>(count);
    for (std::size_t first = 0; first < count; ++first) {
        WordRun run;
        for (std::size_t n = 0; n < shape.words && first + n < count; ++n) {
            out.words.push_back(run.add(tokens.hashes[first + n]));
            if (n == 0)
                out.singles.push_back(out.words.back());
        }
    }
    if (shape.letters_to > 0)
        for (std::size_t token = 0; token < count; ++token)
            read_letters(tokens, token, shape, out.letters);
}

} // namespace handrail::detect
