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
}

void Needs::rarest_first(std::vector<Index>& needs) const
{
    std::sort(needs.begin(), needs.end(), [this](Index a, Index b) { return sizes_[a] < sizes_[b]; });
}

Needs::Met Needs::met(std::span<const Word> words) const
{
    Met met(blocks_);
    const auto add = [&](std::size_t row) {
        for (std::size_t block = 0; block < blocks_; ++block)
            met[block] |= meets_[row * blocks_ + block];
    };
    for (const auto& word : words) {
        if (word.id > 0 && word.id < words_)
            add(word.id);
        if (word.number >= 0)
            add(words_);
    }
    return met;
}

} // namespace handrail::nlp
