#include "detect/vocabulary.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace handrail::detect {

namespace {

using Entry = Vocabulary::Entry;

std::vector<Entry> learned(const std::vector<const Ngrams*>& texts, std::vector<std::uint32_t> Ngrams::*part,
                           std::uint32_t at_least, std::size_t most)
{
    // Each hash once a text, then counted by sorting: no order of a hash table comes in.
    std::vector<std::uint32_t> all;
    std::vector<std::uint32_t> once;
    for (const auto* text : texts) {
        once = text->*part;
        std::sort(once.begin(), once.end());
        once.erase(std::unique(once.begin(), once.end()), once.end());
        all.insert(all.end(), once.begin(), once.end());
    }
    std::sort(all.begin(), all.end());
    struct Counted {
        std::uint32_t hash;
        std::uint32_t count;
    };
    std::vector<Counted> counted;
    for (std::size_t at = 0; at < all.size();) {
        auto end = at;
        while (end < all.size() && all[end] == all[at])
            ++end;
        if (end - at >= at_least)
            counted.push_back({all[at], static_cast<std::uint32_t>(end - at)});
        at = end;
    }
    if (counted.size() > most) {
        std::stable_sort(counted.begin(), counted.end(),
                         [](const Counted& a, const Counted& b) { return a.count > b.count; });
        counted.resize(most);
        std::sort(counted.begin(), counted.end(), [](const Counted& a, const Counted& b) { return a.hash < b.hash; });
    }
    std::vector<Entry> out;
    out.reserve(counted.size());
    for (const auto& each : counted)
        out.push_back({each.hash, Vocabulary::rarity_of(Vocabulary::rarity_step(
                                      static_cast<float>(std::log((1.0 + static_cast<double>(texts.size())) /
                                                                  (1.0 + static_cast<double>(each.count))) +
                                                         1.0)))});
    return out;
}

void scale(std::span<Cell> cells, double by)
{
    const auto factor = static_cast<float>(by);
    for (auto& cell : cells)
        cell.value *= factor;
}

} // namespace

void Vocabulary::Table::fill(const std::vector<Entry>& entries)
{
    slots.assign(std::bit_ceil(entries.size() * 2 + 2), 0);
    mask = static_cast<std::uint32_t>(slots.size() - 1);
    for (std::uint32_t at = 0; at < entries.size(); ++at) {
        auto slot = entries[at].hash & mask;
        while (slots[slot] != 0)
            slot = (slot + 1) & mask;
        slots[slot] = at + 1;
    }
}

std::int64_t Vocabulary::Table::find(const std::vector<Entry>& entries, std::uint32_t hash) const
{
    for (auto slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask)
        if (entries[slots[slot] - 1].hash == hash)
            return slots[slot] - 1;
    return -1;
}

Vocabulary::Vocabulary(NgramShape shape, std::vector<Entry> words, std::vector<Entry> letters)
    : shape_(shape), words_(std::move(words)), letters_(std::move(letters))
{
    word_table_.fill(words_);
    letter_table_.fill(letters_);
}

std::uint8_t Vocabulary::rarity_step(float rarity)
{
    return static_cast<std::uint8_t>(std::clamp<long>(std::lround(rarity * 16), 1, 255));
}

float Vocabulary::rarity_of(std::uint8_t step)
{
    return static_cast<float>(step) / 16;
}

Vocabulary Vocabulary::learn(const std::vector<const Ngrams*>& texts, const NgramShape& shape, std::uint32_t at_least,
                             std::size_t most_words, std::size_t most_letters)
{
    return {shape, learned(texts, &Ngrams::words, at_least, most_words),
            learned(texts, &Ngrams::letters, at_least, most_letters)};
}

std::size_t Vocabulary::weigh_part(const std::vector<std::uint32_t>& hashes, const Table& table,
                                   const std::vector<Entry>& entries, std::uint32_t offset,
                                   std::vector<Cell>& out) const
{
    const auto begin = out.size();
    for (const auto hash : hashes)
        if (const auto found = table.find(entries, hash); found >= 0)
            out.push_back({static_cast<std::uint32_t>(found), 1});
    const auto known = out.size() - begin;
    const auto first = out.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(first, out.end(), [](const Cell& a, const Cell& b) { return a.column < b.column; });
    auto kept = begin;
    double squares = 0;
    for (auto at = begin; at < out.size();) {
        auto end = at;
        while (end < out.size() && out[end].column == out[at].column)
            ++end;
        const auto count = static_cast<float>(end - at);
        const auto rarity = entries[out[at].column].rarity;
        const auto value = shape_.counted ? count * rarity : (1 + std::log(count)) * rarity;
        squares += static_cast<double>(value) * static_cast<double>(shape_.counted ? rarity : value);
        out[kept++] = {out[at].column + offset, value};
        at = end;
    }
    out.resize(kept);
    scale({out.data() + begin, kept - begin}, squares > 0 ? 1 / std::sqrt(squares) : 0);
    return known;
}

float Vocabulary::weigh(const Ngrams& text, std::vector<Cell>& out) const
{
    const auto begin = out.size();
    auto known = weigh_part(text.words, word_table_, words_, 0, out);
    known += weigh_part(text.letters, letter_table_, letters_, static_cast<std::uint32_t>(words_.size()), out);
    // Two parts of length one, or one when of the other nothing is known.
    double squares = 0;
    for (auto at = begin; at < out.size(); ++at)
        squares += static_cast<double>(out[at].value) * static_cast<double>(out[at].value);
    if (shape_.counted)
        squares = out.size() == begin                                                       ? 0
                  : out[begin].column < words_.size() && out.back().column >= words_.size() ? 2
                                                                                            : 1;
    scale({out.data() + begin, out.size() - begin}, squares > 0 ? 1 / std::sqrt(squares) : 0);
    const auto all = text.words.size() + text.letters.size();
    return all == 0 ? 0 : static_cast<float>(known) / static_cast<float>(all);
}

} // namespace handrail::detect
