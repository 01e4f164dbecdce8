#include "nlp/needs.h"

#include <algorithm>

namespace handrail::nlp {

Needs::Index Needs::index_of(const WordSet& words, bool number)
{
    return known_.emplace(std::pair{words, number}, static_cast<Index>(known_.size())).first->second;
}

void Needs::settle(std::size_t words)
{
    words_ = words;
    blocks_ = (known_.size() + 63) / 64;
    meets_.assign((words + 1) * blocks_, 0);
    sizes_.assign(known_.size(), 0);
    for (const auto& [what, need] : known_) {
        auto rows = what.first.ids();
        if (what.second)
            rows.push_back(static_cast<WordId>(words));
        for (const auto row : rows)
            meets_[row * blocks_ + need / 64] |= std::uint64_t{1} << (need % 64);
        sizes_[need] = rows.size();
    }
    known_.clear();
    blocks_with_bits_.clear();
    row_starts_.assign(1, 0);
    for (std::size_t row = 0; row <= words; ++row) {
        for (std::uint32_t block = 0; block < blocks_; ++block)
            if (const auto bits = meets_[row * blocks_ + block]; bits != 0)
                blocks_with_bits_.push_back({block, bits});
        row_starts_.push_back(static_cast<std::uint32_t>(blocks_with_bits_.size()));
    }
}

void Needs::rarest_first(std::vector<Index>& needs) const
{
    std::sort(needs.begin(), needs.end(), [this](Index a, Index b) { return sizes_[a] < sizes_[b]; });
}

void Needs::met(std::span<const Word> words, Met& met) const
{
    met.assign(blocks_, 0);
    const auto add = [&](std::size_t row) {
        for (auto at = row_starts_[row]; at < row_starts_[row + 1]; ++at)
            met[blocks_with_bits_[at].at] |= blocks_with_bits_[at].bits;
    };
    for (const auto& word : words) {
        if (word.id > 0 && word.id < words_)
            add(word.id);
        if (word.number >= 0)
            add(words_);
    }
}

} // namespace handrail::nlp
