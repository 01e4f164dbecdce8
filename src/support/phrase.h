#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/words.h"

namespace handrail::support {

/// A pattern of words, as the content files write it. No regular expressions: a clinician can read these, and a long
/// message cannot make one slow.
///
///     are you (a|an)? real        words; alternatives of one word or more between ( | ); "?" after either: may be missing
///     medic~                      any word that begins so
///     #                           a whole number in digits
///     my * hurts                  "*": up to three words between; "**": up to eight
///     ^ thanks $                  the beginning and the end of the message
///
/// A pattern does not reach over the end of a sentence.
class Phrase {
public:
    /// A pattern that cannot be read (a bracket too many) is a mistake in the content: loading says so.
    static bool readable(std::string_view pattern);
    explicit Phrase(std::string_view pattern);
    struct Hit {
        std::size_t begin = 0; ///< indices of words, half open
        std::size_t end = 0;
    };
    bool find(std::span<const Word> words, Hit* hit = nullptr, std::size_t from = 0) const;
    /// Whether it stands at this word.
    bool stands_at(std::span<const Word> words, std::size_t at, Hit* hit) const;
    /// What it can begin with: so that a text's words say which of many phrases are worth looking for.
    struct Start {
        std::vector<std::uint64_t> words; ///< marks
        std::vector<std::string> prefixes;
        bool any = false; ///< it begins with a gap or a number
    };
    Start start() const;
    /// Marks of words of which one must stand in any text that it is found in; empty: none is known.
    std::span<const std::uint64_t> needs() const;
    /// Whether it stands at the beginning of a text or nowhere.
    bool at_begin() const { return at_begin_; }

private:
    /// A step of the little machine that a pattern is compiled to.
    struct Step {
        enum class Kind : std::uint8_t { OneOf, Number, Any, Either, Goto, Begin, End, Done } kind = Kind::Done;
        std::uint16_t prefixes = 0; ///< OneOf: how many beginnings of words it takes besides
        std::uint32_t first = 0;    ///< Either, Goto: where to go on; OneOf: its words in marks_, half open
        std::uint32_t second = 0;   ///< Either: where else; OneOf: their end
        std::uint32_t third = 0;    ///< OneOf: the first of them in prefixes_
    };
    class Reader;
    /// Whether the pattern can be passed through to its end without this step.
    bool passable_without(std::size_t step) const;
    bool run(std::span<const Word> words, std::size_t start, std::size_t at, std::size_t step, std::size_t& end,
             std::size_t& budget) const;

    std::vector<Step> steps_;
    std::vector<std::uint64_t> marks_; ///< of all words, those of a step sorted
    std::vector<std::string> prefixes_;
    std::uint32_t needs_first_ = 0, needs_end_ = 0; ///< in marks_
    bool at_begin_ = false;
};

/// Phrases that mean the same. Only those are tried that can begin with a word of the text.
class Phrases {
public:
    Phrases() = default;
    explicit Phrases(const std::vector<std::string>& patterns);
    bool in(std::span<const Word> words, Phrase::Hit* hit = nullptr) const;
    bool in(std::string_view text) const { return in(words_of(text)); }
    bool empty() const { return phrases_.empty(); }
    const std::vector<Phrase>& all() const { return phrases_; }

private:
    std::vector<Phrase> phrases_;
    /// Most words of a text begin none of the phrases: a set bit says that one may, and only then it is looked up.
    struct MayBegin {
        std::array<std::uint64_t, 16> words{};   ///< by the mark
        std::array<std::uint64_t, 4> prefixes{}; ///< by the first two letters
        bool any_prefix = false;                 ///< a prefix of one letter or none
    };

    std::vector<std::pair<std::uint64_t, std::uint32_t>> by_word_;  ///< mark and number of a phrase, sorted
    std::vector<std::pair<std::string, std::uint32_t>> by_prefix_; ///< sorted
    MayBegin may_begin_;
    std::vector<std::uint32_t> with_any_;
    std::size_t longest_prefix_ = 0; ///< bytes
};

} // namespace handrail::support
