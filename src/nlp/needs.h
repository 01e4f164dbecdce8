#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "nlp/normaliser.h"
#include "nlp/word_set.h"

namespace handrail::nlp {

/// What patterns cannot do without. A need is met by a text that has one of certain words (or a number); a pattern all
/// of whose needs are not met stands nowhere in the text, and most patterns are given up by this before any is tried.
class Needs {
public:
    using Index = std::uint32_t;
    using Met = std::vector<std::uint64_t>; ///< a bit for each need
    static constexpr Index none = ~Index{0};

    /// The same words asked for by many patterns are one need.
    Index index_of(const WordSet& words, bool number);
    /// Once all are named. @param words One more than the greatest word id.
    void settle(std::size_t words);
    void rarest_first(std::vector<Index>& needs) const;

    /// @param met  taken as room for the answer
    void met(std::span<const Word> words, Met& met) const;
    static bool in(const Met& met, Index need) { return (met[need / 64] >> (need % 64) & 1U) != 0; }
    static bool all_in(const Met& met, std::span<const Index> needs)
    {
        return std::all_of(needs.begin(), needs.end(), [&](Index need) { return in(met, need); });
    }
    /// What each of a few words meets, word by word, so that each of many questions is one look.
    /// @param laid  taken as room: a row of bits for each word
    void lay_out(std::span<const Word> words, Met& laid) const;
    bool laid_at(const Met& laid, std::size_t word, Index need) const
    {
        return (laid[word * blocks_ + need / 64] >> (need % 64) & 1U) != 0;
    }
    /// Whether this one word meets it.
    bool meets(const Word& word, Index need) const
    {
        return (word.id > 0 && word.id < words_ && row_has(word.id, need)) ||
               (word.number >= 0 && row_has(words_, need));
    }

private:
    /// @param place  a row of bits, one for each need
    template <typename Place> void add_met(const Word& word, Place place) const;
    bool row_has(std::size_t row, Index need) const
    {
        // "I" meets hundreds of needs: its row is looked up, not gone through.
        const auto end = rows_.begin() + static_cast<std::ptrdiff_t>(row_starts_[row + 1]);
        const auto found = std::lower_bound(rows_.begin() + static_cast<std::ptrdiff_t>(row_starts_[row]), end, need / 64,
                                            [](const Block& block, Index at) { return block.at < at; });
        return found != end && found->at == need / 64 && (found->bits >> (need % 64) & 1U) != 0;
    }

    std::map<std::pair<WordSet, bool>, Index> known_; ///< until settled
    std::vector<std::size_t> sizes_;                  ///< how many words meet each
    std::size_t words_ = 0;
    std::size_t blocks_ = 0;
    struct Block {
        std::uint32_t at;
        std::uint64_t bits;
    };
    /// Row by row, by word id, the last for numbers: a bit for each need it meets, without the blocks that are empty.
    std::vector<Block> rows_;
    std::vector<std::uint32_t> row_starts_; ///< rows + 1
};

} // namespace handrail::nlp
