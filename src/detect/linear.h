#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detect/vocabulary.h"

namespace handrail::detect {

/// How a linear model is learnt.
struct LinearPlan {
    float cost = 1;        ///< what an error costs against the length of the weights
    float balance = 0;     ///< 0: every row counts alike; 1: the rare side of a label counts as much as the common one
    float prior_scale = 0; ///< 0: features as they are; 1: each by its log-ratio between the two sides of a label
    std::uint32_t rounds = 20;
};

/// One weight for each column and output, outputs side by side; the last row is the bias.
struct LinearWeights {
    std::size_t columns = 0;
    std::size_t outputs = 0;
    std::vector<float> weights; ///< (columns + 1) × outputs

    void score(std::span<const Cell> row, std::span<float> out) const;
};

/// One-against-rest with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008), all outputs of a row
/// together. Single-threaded and in an order that a fixed seed gives: the same rows give the same weights.
///
/// @param rows      which rows of `features` to learn from
/// @param positive  for each row of `features` the outputs that are true
LinearWeights learn_linear(const SparseRows& features, const std::vector<std::uint32_t>& rows,
                           const std::vector<std::vector<std::uint16_t>>& positive,
                           const std::vector<float>& row_weights, std::size_t columns, std::size_t outputs,
                           const LinearPlan& plan);

} // namespace handrail::detect
