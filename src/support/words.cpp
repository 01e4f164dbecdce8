#include "support/words.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <cstdint>
#include <cstdio>

#include "base/text.h"

namespace handrail::support {
namespace {

constexpr std::size_t most_words = 2000;

/// The length of the apostrophe at this place, 0 when there is none: ' ’ ‘ ʼ ′ `
std::size_t apostrophe(std::string_view text, std::size_t at)
{
    if (text[at] == '\'' || text[at] == '`')
        return 1;
    for (const std::string_view mark : {"\u2019", "\u2018", "\u02bc", "\u2032"})
        if (text.substr(at, mark.size()) == mark)
            return mark.size();
    return 0;
}

bool joins_words(std::string_view text, std::size_t at)
{
    // U+200B..U+200D, U+FEFF: invisible, and no end of a word.
    return text.substr(at, 3) == "\u200b" || text.substr(at, 3) == "\u200c" || text.substr(at, 3) == "\u200d" ||
           text.substr(at, 3) == "\ufeff";
}

/// Bytes of a letter at this place; 0 for marks and spaces. Everything beyond ASCII counts as a letter, but for the
/// general punctuation block and the symbols of U+00A0-00BF.
std::size_t letter(std::string_view text, std::size_t at)
{
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x80)
        return std::isalnum(c) != 0 ? 1 : 0;
    const std::size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (at + length > text.size())
        return 0;
    if (c == 0xc2)
        return 0;
    if (c == 0xe2 && (static_cast<unsigned char>(text[at + 1]) & 0xfe) == 0x80)
        return 0;
    return length;
}

std::size_t mark_length(std::string_view text, std::size_t at)
{
    const auto c = static_cast<unsigned char>(text[at]);
    const std::size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
    return std::min(length, text.size() - at);
}

void append_folded(std::string& out, std::string_view letter_bytes)
{
    if (letter_bytes.size() == 1) {
        out += static_cast<char>(std::tolower(static_cast<unsigned char>(letter_bytes[0])));
        return;
    }
    const auto second = static_cast<unsigned char>(letter_bytes[1]);
    // U+00C0-00DE are the capitals of U+00E0-00FE.
    if (static_cast<unsigned char>(letter_bytes[0]) == 0xc3 && second >= 0x80 && second <= 0x9e && second != 0x97) {
        out += letter_bytes[0];
        out += static_cast<char>(second + 0x20);
        return;
    }
    out += letter_bytes;
}

/// Goes through a text word by word, at most the first `most_words`, and tells `seen` each letter with its place, an
/// apostrophe inside a word, where a word ends, and each place between words.
template <class Seen> void walk(std::string_view text, Seen& seen)
{
    bool inside = false;
    std::size_t words = 0;
    std::size_t at = 0;
    const auto close = [&] {
        if (inside) {
            seen.close(std::min(at, text.size()));
            ++words;
        }
        inside = false;
    };
    while (at < text.size() && words < most_words) {
        if (const auto length = letter(text, at); length > 0) {
            seen.letter(text.substr(at, length), at);
            inside = true;
            at += length;
            continue;
        }
        const auto mark = apostrophe(text, at);
        if (mark > 0 && inside && at + mark < text.size() && letter(text, at + mark) > 0) {
            seen.apostrophe();
            at += mark;
            continue;
        }
        if (joins_words(text, at)) {
            at += 3;
            continue;
        }
        close();
        seen.between(at);
        at += mark_length(text, at);
    }
    close();
}

bool has_word(std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); at += joins_words(text, at) ? 3 : mark_length(text, at))
        if (letter(text, at) > 0)
            return true;
    return false;
}

} // namespace

std::uint64_t mark_of(std::string_view folded)
{
    return std::hash<std::string_view>{}(folded);
}

std::vector<Word> words_of(std::string_view text)
{
    struct Words {
        std::string_view text;
        std::vector<Word> out;
        Word word;

        void letter(std::string_view bytes, std::size_t at)
        {
            if (word.folded.empty())
                word.begin = at;
            append_folded(word.folded, bytes);
            word.written += bytes;
        }
        void apostrophe() { word.written += '\''; }
        void close(std::size_t at)
        {
            word.end = at;
            word.mark = mark_of(word.folded);
            out.push_back(std::move(word));
            word = Word{};
        }
        void between(std::size_t at)
        {
            if (out.empty())
                return;
            auto& last = out.back();
            const char c = text[at];
            const bool ends_sentence = c == '.' || c == '!' || c == '?' || c == '\n' ||
                                       text.substr(at, 3) == "\u2026" || text.substr(at, 2) == "\u00bf";
            last.ends_sentence = last.ends_sentence || ends_sentence;
            last.asks = last.asks || c == '?';
            last.ends_clause = last.ends_clause || ends_sentence || c == ',' || c == ';' || c == ':' || c == '(' ||
                               c == ')' || c == '"' || text.substr(at, 3) == "\u2014" ||
                               text.substr(at, 3) == "\u2013" || text.substr(at, 3) == " - ";
        }
    } words{text, {}, {}};
    walk(text, words);
    if (!words.out.empty()) {
        words.out.back().ends_clause = true;
        words.out.back().ends_sentence = true;
    }
    return std::move(words.out);
}

bool is_number(std::string_view word)
{
    return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool has(const std::vector<std::string>& list, std::string_view item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

std::size_t count_words(std::string_view text)
{
    std::size_t out = 0;
    bool inside = false;
    for (const char c : text) {
        const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
        out += !space && !inside ? 1U : 0U;
        inside = !space;
    }
    return out;
}

std::vector<std::string> sentences_of(std::string_view text)
{
    std::vector<std::string> out;
    std::size_t from = 0;
    const auto close = [&](std::size_t to) {
        const auto sentence = trimmed(text.substr(from, to - from));
        if (has_word(sentence))
            out.emplace_back(sentence);
        from = to;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool last = at + 1 == text.size();
        const bool space_follows = !last && std::isspace(static_cast<unsigned char>(text[at + 1])) != 0;
        const bool numbered = c == '.' && at > 0 && std::isdigit(static_cast<unsigned char>(text[at - 1])) != 0 &&
                              (at == 1 || text[at - 2] == '\n');
        if (c == '\n' || ((c == '.' || c == '!' || c == '?') && (last || space_follows) && !numbered))
            close(at + 1);
    }
    close(text.size());
    return out;
}

std::string sentence_mark(std::string_view sentence)
{
    struct Mark { // FNV-1a
        std::string folded;
        std::uint32_t hash = 2166136261U;

        void letter(std::string_view bytes, std::size_t)
        {
            folded.clear();
            append_folded(folded, bytes);
            for (const char c : folded)
                hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
        }
        void apostrophe() {}
        void close(std::size_t) { hash = (hash ^ 0x20U) * 16777619U; }
        void between(std::size_t) {}
    } mark;
    walk(sentence, mark);
    char out[9];
    std::snprintf(out, sizeof out, "%08x", mark.hash);
    return out;
}

} // namespace handrail::support
