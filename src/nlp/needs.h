#pragma once

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

    /// The same words asked for by many patterns are one need.
    Index index_of(const WordSet& words, bool number);
    /// Once all are named. @param words One more than the greatest word id.
    void settle(std::size_t words);
    void rarest_first(std::vector<Index>& needs) const;

    Met met(std::span<const Word> words) const;
    static bool all_in(const Met& met, std::span<const Index> needs)
    {
        for (const auto need : needs)
            if ((met[need / 64] >> (need % 64) & 1U) == 0)
                return false;
        return true;
    }

private:
    std::map<std::pair<WordSet, bool>, Index> known_; ///< until settled
    std::vector<std::size_t> sizes_;                  ///< how many words meet each
    std::size_t words_ = 0;
    std::size_t blocks_ = 0;
    std::vector<std::uint64_t> meets_; ///< rows by word id, the last for numbers; a bit for each need
};

} // namespace handrail::nlp
