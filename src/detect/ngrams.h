#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace handrail::detect {

/// Which n-grams of a text are looked at.
struct NgramShape {
    std::uint8_t words = 3; ///< runs of 1 to this many words
    std::uint8_t letters_from = 2;
    std::uint8_t letters_to = 5; ///< runs of letters inside one word and its borders; 0 for none
    bool operator==(const NgramShape&) const = default;
};

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
