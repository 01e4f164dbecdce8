#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/lexicon.h"

namespace handrail::nlp {

/// What stands between a word and the one before it.
enum class Break : std::uint8_t { None, Comma, Sentence };

/// One word as the rules see it.
struct Word {
    WordId id = 0;
    std::uint32_t at = 0;     ///< where its letters begin in NormalisedText::letters, bytes
    std::uint32_t length = 0; ///< bytes
    std::uint32_t begin = 0;  ///< code points of the original text, half open
    std::uint32_t end = 0;
    std::int32_t number = -1;    ///< its value when it is a number below a million
    std::uint32_t languages = 0; ///< the languages in which the word, as written, is frequent
    Break before = Break::None;
    bool asks = false;   ///< its sentence ends with a question mark
    bool quoted = false; ///< between quotation marks
};

/// A text as the rules see it, with the way back to the original.
struct NormalisedText {
    std::string letters; ///< the letters of all words
    std::vector<Word> words;
    std::uint32_t code_points = 0;
    std::uint32_t latin_letters = 0;
    std::uint32_t other_letters = 0; ///< letters of other scripts, in words without a Latin one
    std::uint32_t replaced = 0;      ///< U+FFFD: bytes that were not text
    /// A mark or letter that one language alone writes, its code; empty when there is none, or one of several.
    std::string_view written_in;

    std::string_view letters_of(const Word& word) const
    {
        return std::string_view(letters).substr(word.at, word.length);
    }
    /// The words in one line with plain marks between them. Normalising it again gives the same line.
    std::string line() const;
    void clear();
};

/// Brings a text into the one form that rules are written in: NFKC and case, apostrophes, invisible characters, letters
/// of other scripts that look Latin, digits and signs for letters, spaced and repeated letters, emoji, contractions,
/// common slips, and the words people use to get round filters.
class Normaliser {
public:
    explicit Normaliser(const Lexicon& lexicon) : lexicon_(lexicon) {}

    void normalise(std::string_view utf8, NormalisedText& out) const;

private:
    const Lexicon& lexicon_;
};

} // namespace handrail::nlp
