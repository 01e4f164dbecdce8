#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace handrail::detect {

/// Vectors of words, learnt from which words stand near each other, without any label: positive pointwise mutual
/// information, brought to few dimensions (Levy and Goldberg 2014). As bytes, each with a scale.
struct WordVectors {
    std::size_t width = 0;
    std::vector<std::uint32_t> hashes; ///< ascending, as n-grams of one word have them
    std::vector<float> scales;         ///< of each word: one step; a float without its last 16 bits
    std::vector<float> rarities;       ///< of each word: how much it counts in a mean, from 0 to 1; likewise
    std::vector<std::int8_t> steps;    ///< words × width

    /// How many numbers a text becomes.
    std::size_t pooled_size() const { return 3 * width; }
    /// A text by its words: their mean, rare ones counting more (Arora et al. 2017), brought to length one; then the
    /// largest and the smallest of each number, both together to length one. Nothing but zeros when no word is known.
    /// @param words  in any order, by their numbers
    /// @param out    pooled_size()
    void pool(std::span<const std::uint32_t> words, std::span<float> out) const;
};

/// @param texts  the words of each text, in order, by their numbers
/// @return words that stand in the texts at least five times, of the most frequent; none when there are too few to say
/// anything
WordVectors learn_word_vectors(const std::vector<std::span<const std::uint32_t>>& texts, std::size_t width);

} // namespace handrail::detect
