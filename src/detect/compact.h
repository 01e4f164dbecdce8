#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detect/linear.h"
#include "detect/network.h"

namespace handrail::detect {

/// The weights of a linear model as bytes: what is nearly nothing is left out, the rest has 255 steps.
struct CompactLinear {
    std::uint32_t columns = 0;
    std::uint32_t outputs = 0;
    std::vector<float> bias;              ///< of each output
    std::vector<float> scales;            ///< one step of each output
    std::vector<std::uint32_t> starts;    ///< columns + 1
    std::vector<std::uint16_t> output_of; ///< of each weight
    std::vector<std::int8_t> steps;       ///< of each weight

    /// Keeps at most `most` weights, the largest; in what they add to a text rather than by themselves.
    static CompactLinear of(const LinearWeights& weights, std::size_t most);
    void score(std::span<const Cell> row, std::span<float> out) const;
};

/// The vectors of a network's features as bytes, each with a scale.
struct CompactVectors {
    std::uint32_t columns = 0;
    std::uint32_t width = 0;
    std::vector<float> bias;        ///< width
    std::vector<float> scales;      ///< of each column, a float without its last 16 bits
    std::vector<std::int8_t> steps; ///< columns × width

    static CompactVectors of(const Network& network);
    void hidden(std::span<const Cell> row, std::span<float> out) const;
};

} // namespace handrail::detect
