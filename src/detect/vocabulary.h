#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "detect/ngrams.h"

namespace handrail::detect {

/// One feature of a text: its column and how much of it there is.
struct Cell {
    std::uint32_t column;
    float value;
};

/// Rows of cells, one after the other.
struct SparseRows {
    std::vector<Cell> cells;
    std::vector<std::size_t> starts{0}; ///< rows + 1

    std::size_t size() const { return starts.size() - 1; }
    std::span<const Cell> row(std::size_t at) const { return {cells.data() + starts[at], starts[at + 1] - starts[at]}; }
    void close_row() { starts.push_back(cells.size()); }
};

/// The n-grams that a model knows, and how rare each is. Columns follow the order of the numbers, words before letters,
/// so that they depend on nothing but the texts.
class Vocabulary {
public:
    struct Entry {
        std::uint32_t hash;
        float rarity; ///< inverse document frequency, natural logarithm, plus one
    };

    /// @param words, letters  sorted by hash, without repeats
    Vocabulary(NgramShape shape, std::vector<Entry> words, std::vector<Entry> letters);
    /// Keeps what stands in at least `at_least` texts; of letters the `most_letters` that stand in most of them.
    static Vocabulary learn(const std::vector<const Ngrams*>& texts, const NgramShape& shape, std::uint32_t at_least,
                            std::size_t most_words, std::size_t most_letters);

    /// Rarity has few steps, so that it fits into a byte of a model file.
    static std::uint8_t rarity_step(float rarity);
    static float rarity_of(std::uint8_t step);

    std::size_t size() const { return words_.size() + letters_.size(); }
    const NgramShape& shape() const { return shape_; }
    const std::vector<Entry>& words() const { return words_; }
    const std::vector<Entry>& letters() const { return letters_; }

    /// (1 + ln count) × rarity, words and letters each brought to length one and both together to length one. Where
    /// n-grams are counted: count × rarity, and the length is as if each occurrence were a feature of its own.
    /// @return the share of the text's n-grams that are known
    float weigh(const Ngrams& text, std::vector<Cell>& out) const;

private:
    struct Table {
        std::vector<std::uint32_t> slots; ///< column + 1, 0 for none
        std::uint32_t mask = 0;
        void fill(const std::vector<Entry>& entries);
        std::int64_t find(const std::vector<Entry>& entries, std::uint32_t hash) const;
    };
    std::size_t weigh_part(const std::vector<std::uint32_t>& hashes, const Table& table,
                           const std::vector<Entry>& entries, std::uint32_t offset, std::vector<Cell>& out) const;

    NgramShape shape_;
    std::vector<Entry> words_;
    std::vector<Entry> letters_;
    Table word_table_;
    Table letter_table_;
};

} // namespace handrail::detect
