#include "nlp/word_set.h"

#include <tuple>

namespace handrail::nlp {

void WordSet::add(WordId word)
{
    if (blocks_.empty()) {
        const auto at = std::lower_bound(few_.begin(), few_.end(), word);
        if (at != few_.end() && *at == word)
            return;
        if (few_.size() < most_listed) {
            few_.insert(at, word);
            return;
        }
        blocks_.resize((std::max(word, few_.back()) >> 6U) + 1);
        for (const auto each : few_)
            blocks_[each >> 6U] |= std::uint64_t{1} << (each & 63U);
        few_ = {};
    }
    const auto block = word >> 6U;
    if (block >= blocks_.size())
        blocks_.resize(block + 1);
    blocks_[block] |= std::uint64_t{1} << (word & 63U);
}

void WordSet::add_all(const WordSet& other)
{
    for (const auto word : other.ids())
        add(word);
}

bool WordSet::operator<(const WordSet& other) const
{
    return std::tie(few_, blocks_) < std::tie(other.few_, other.blocks_);
}

std::vector<WordId> WordSet::ids() const
{
    auto out = few_;
    for (std::size_t block = 0; block < blocks_.size(); ++block)
        for (unsigned bit = 0; bit < 64; ++bit)
            if (((blocks_[block] >> bit) & 1U) != 0)
                out.push_back(static_cast<WordId>(block * 64 + bit));
    return out;
}

} // namespace handrail::nlp
