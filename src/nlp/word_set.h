#pragma once

#include <cstdint>
#include <vector>

#include "nlp/lexicon.h"

namespace handrail::nlp {

/// A set of words by id.
class WordSet {
public:
    void add(WordId word);
    bool has(WordId word) const
    {
        const auto block = word >> 6U;
        return block < blocks_.size() && ((blocks_[block] >> (word & 63U)) & 1U) != 0;
    }
    void add_all(const WordSet& other);
    bool operator<(const WordSet& other) const { return blocks_ < other.blocks_; }
    std::vector<WordId> ids() const;

private:
    std::vector<std::uint64_t> blocks_;
};

} // namespace handrail::nlp
