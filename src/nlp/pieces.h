#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/lexicon.h"
#include "nlp/normaliser.h"

#include <unicode/uchar.h>

namespace handrail::nlp {

/// Above Unicode: a folded character that stands for an emoji with a meaning.
inline constexpr char32_t first_emoji = 0x110000;

struct Letter {
    char32_t c;
    std::uint32_t at; ///< code point of the original
};

enum class Sort : std::uint8_t { Letter, Digit, Sign, Apostrophe, Star, Emoji, Between };

inline constexpr std::array<Sort, 128> plain_sorts = [] {
    std::array<Sort, 128> out{};
    out.fill(Sort::Between);
    for (auto c = 'a'; c <= 'z'; ++c)
        out[static_cast<std::size_t>(c)] = Sort::Letter;
    for (auto c = '0'; c <= '9'; ++c)
        out[static_cast<std::size_t>(c)] = Sort::Digit;
    for (const auto c : {'@', '$', '!', '|', '+'})
        out[static_cast<std::size_t>(c)] = Sort::Sign;
    out['\''] = Sort::Apostrophe;
    out['*'] = Sort::Star;
    return out;
}();

inline Sort sort_of(char32_t c)
{
    if (c < plain_sorts.size())
        return plain_sorts[c];
    if (c >= first_emoji)
        return Sort::Emoji;
    return u_isalpha(static_cast<UChar32>(c)) || u_charType(static_cast<UChar32>(c)) == U_COMBINING_SPACING_MARK
               ? Sort::Letter
               : Sort::Between;
}

/// One run of characters between spaces, before it is known what it means.
struct TextPiece {
    std::uint32_t first; ///< in the folded letters
    std::uint32_t last;  ///< past the end
    Break before;
    bool asks_before;            ///< the sentence before this piece ended with a question mark
    std::string_view meant = {}; ///< what it is read as, when its letters alone do not say ("n't" is "not")
    bool read = false;           ///< `meant` is a word of the result
};

/// A text cut into pieces. It keeps its room between messages, so that cutting does not allocate for every word.
class Pieces {
public:
    std::u32string original; ///< the text, before cutting
    std::vector<Letter> letters;
    std::vector<TextPiece> pieces;
    std::vector<bool> quoted; ///< for each letter: between quotation marks
    bool asks_at_end = false; ///< the last sentence ended with a question mark

    /// Cuts `original`; what it says of the text as a whole (its scripts, its language) goes into `out`.
    void cut(const Lexicon& lexicon, NormalisedText& out);
    /// Letters `first` up to `last`, which is past the end.
    std::string written(std::size_t first, std::size_t last) const;
    /// Nobody's words stay behind between messages, nor more room than `most` characters take.
    void forget(std::size_t most);

private:
    std::u32string folds_;

    void fold_all(const Lexicon& lexicon, NormalisedText& out);
    void mark_quotes();
    void cut_pieces();
    struct ShortForm;
    ShortForm short_form_at(std::size_t begin, std::size_t mark, std::size_t last) const;
};

} // namespace handrail::nlp
