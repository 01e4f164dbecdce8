#include "nlp/word_set.h"

#include <algorithm>

namespace handrail::nlp {

void WordSet::add(WordId word)
{
    const auto block = word >> 6U;
    if (block >= blocks_.size())
        blocks_.resize(block + 1);
    blocks_[block] |= std::uint64_t{1} << (word & 63U);
}

void WordSet::add_all(const WordSet& other)
{
    blocks_.resize(std::max(blocks_.size(), other.blocks_.size()));
    for (std::size_t i = 0; i < other.blocks_.size(); ++i)
        blocks_[i] |= other.blocks_[i];
}

std::vector<WordId> WordSet::ids() const
{
    std::vector<WordId> out;
    for (std::size_t block = 0; block < blocks_.size(); ++block)
        for (unsigned bit = 0; bit < 64; ++bit)
            if (((blocks_[block] >> bit) & 1U) != 0)
                out.push_back(static_cast<WordId>(block * 64 + bit));
    return out;
}

} // namespace handrail::nlp
