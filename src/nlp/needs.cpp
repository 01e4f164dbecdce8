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
    sizes_.assign(known_.size(), 0);
    std::vector<std::pair<std::uint32_t, Index>> met_by; // row, need
    for (const auto& [what, need] : known_) {
        auto rows = what.first.ids();
        if (what.second)
            rows.push_back(static_cast<WordId>(words));
        for (const auto row : rows)
            met_by.emplace_back(row, need);
        sizes_[need] = rows.size();
    }
    known_.clear();
    std::sort(met_by.begin(), met_by.end());
    rows_.clear();
    row_starts_.assign(1, 0);
    auto next = met_by.begin();
    for (std::size_t row = 0; row <= words; ++row) {
        for (; next != met_by.end() && next->first == row; ++next) {
            const auto block = static_cast<std::uint32_t>(next->second / 64);
            if (rows_.size() == row_starts_.back() || rows_.back().at != block)
                rows_.push_back({block, 0});
            rows_.back().bits |= std::uint64_t{1} << (next->second % 64);
        }
        row_starts_.push_back(static_cast<std::uint32_t>(rows_.size()));
    }
    rows_.shrink_to_fit();
}

void Needs::rarest_first(std::vector<Index>& needs) const
{
    std::sort(needs.begin(), needs.end(), [this](Index a, Index b) { return sizes_[a] < sizes_[b]; });
}

template <typename Place> void Needs::add_met(const Word& word, Place place) const
{
    const auto add = [&](std::size_t row) {
        for (auto at = row_starts_[row]; at < row_starts_[row + 1]; ++at)
            place[rows_[at].at] |= rows_[at].bits;
    };
    if (word.id > 0 && word.id < words_)
        add(word.id);
    if (word.number >= 0)
        add(words_);
}

void Needs::met(std::span<const Word> words, Met& met) const
{
    met.assign(blocks_, 0);
    for (const auto& word : words)
        add_met(word, met.begin());
}

void Needs::lay_out(std::span<const Word> words, Met& laid) const
{
    laid.assign(words.size() * blocks_, 0);
    auto place = laid.begin();
    for (const auto& word : words) {
        add_met(word, place);
        place += static_cast<std::ptrdiff_t>(blocks_);
    }
}

} // namespace handrail::nlp
