#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace handrail::support {

/// A word of a text, ready to be compared.
struct Word {
    std::string folded;       ///< lower case, accents of the Latin letters kept, apostrophes dropped: "I'm" is "im"
    std::string written;      ///< as it stands in the text, typographic apostrophes made plain
    std::uint64_t mark = 0;   ///< mark_of(folded): two words of different marks are different words
    std::size_t begin = 0;    ///< bytes of the text, half open
    std::size_t end = 0;
    bool ends_clause = false; ///< a comma, a dash or a sentence end follows
    bool ends_sentence = false;
    bool asks = false;        ///< a question mark follows
};

/// A number for a folded word. Of 64 bits: two words of one mark are taken to be the same word.
std::uint64_t mark_of(std::string_view folded);

/// At most the first 2,000 words: what a person says in longer texts is screened by nlp, whole.
std::vector<Word> words_of(std::string_view text);
std::size_t count_words(std::string_view text);
/// Whether it is a whole number in digits.
bool is_number(std::string_view word);
/// Whether a text stands in a list.
bool has(const std::vector<std::string>& list, std::string_view item);

/// The sentences of a text, trimmed, with their end mark. Line ends end a sentence too.
std::vector<std::string> sentences_of(std::string_view text);
/// The same words in the same order give the same number, whatever the case and the marks between them.
std::string sentence_mark(std::string_view sentence);

} // namespace handrail::support
