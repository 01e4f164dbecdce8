#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "nlp/lexicon.h"

namespace handrail::nlp {

/// A set of words by id: a sorted list while it is short, as most classes are, else a bit for each word.
class WordSet {
public:
    void add(WordId word);
    bool has(WordId word) const
    {
        if (!blocks_.empty()) {
            const auto block = word >> 6U;
            return block < blocks_.size() && ((blocks_[block] >> (word & 63U)) & 1U) != 0;
        }
        return std::binary_search(few_.begin(), few_.end(), word);
    }
    void add_all(const WordSet& other);
    bool operator<(const WordSet& other) const;
    std::vector<WordId> ids() const;

private:
    static constexpr std::size_t most_listed = 48;

    std::vector<WordId> few_;           ///< sorted; empty once there are blocks
    std::vector<std::uint64_t> blocks_; ///< empty while the list is short
};

} // namespace handrail::nlp
