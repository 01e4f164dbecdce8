#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace handrail::detect {

/// Which n-grams of a text are looked at, and how they add up.
struct NgramShape {
    std::uint8_t words = 3; ///< runs of 1 to this many words
    std::uint8_t letters_from = 2;
    std::uint8_t letters_to = 5; ///< runs of letters inside one word and its borders; 0 for none
    /// An n-gram that stands twice counts twice, so that what a text is can be added up word by word (one_pass.h);
    /// otherwise 1 + ln count.
    bool counted = false;
    /// Words that say who somebody is (identity_words.h) are all read as one, with the article before them.
    bool blind = false;
    bool operator==(const NgramShape&) const = default;
};

/// A text folded as the rules fold it (nlp/folding.h), cut into words and signs.
struct Tokens {
    struct Span {
        std::size_t begin; ///< half open, in `text`
        std::size_t end;
        bool word; ///< not a sign
    };
    std::u32string text;
    std::vector<Span> spans;
    std::vector<std::uint64_t> hashes; ///< of each token
};

/// Room in `out` is used again.
/// @param blind   see NgramShape
/// @param origin  when not null: of each code point of the folded text the one of the original that it came from
void read_tokens(std::string_view utf8, bool blind, Tokens& out, std::vector<std::uint32_t>* origin = nullptr);

/// The number of a run of words that grows to the right.
class WordRun {
public:
    std::uint32_t add(std::uint64_t token);

private:
    std::uint64_t hash_ = 0x9E3779B97F4A7C15ULL;
};

/// The numbers of the runs of letters of one token and its borders.
void read_letters(const Tokens& tokens, std::size_t token, const NgramShape& shape, std::vector<std::uint32_t>& out);

/// The n-grams of a text as numbers: the text folded as the rules fold it (nlp/folding.h), cut into words and signs. A
/// letter of a script without spaces is a word by itself, so that Chinese is read by letters.
struct Ngrams {
    std::vector<std::uint32_t> words;   ///< runs of words
    std::vector<std::uint32_t> letters; ///< runs of letters
    std::vector<std::uint32_t> singles; ///< runs of one word, in order
    std::uint32_t tokens = 0;
};

/// Same text, same numbers, on every machine. Room in `out` is used again.
void read_ngrams(std::string_view utf8, const NgramShape& shape, Ngrams& out);

} // namespace handrail::detect
