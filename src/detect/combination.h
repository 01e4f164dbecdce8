#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detect/corpus.h"

namespace handrail::detect {

/// What one way of scoring says of each row: rows × labels.
using Scores = std::vector<float>;

/// Makes probabilities out of the scores of several ways of scoring: a weight for each way and question, an offset for
/// each label, then softmax or logistic. Fitted on scores of rows that the ways had not learnt from, so that the
/// probabilities are calibrated.
struct Combination {
    std::vector<Question> questions;
    std::vector<float> weights; ///< questions × ways
    std::vector<float> offsets; ///< labels

    /// @param rows  which rows to fit on
    static Combination fit(const std::vector<Question>& questions, const std::vector<const Scores*>& ways,
                           const std::vector<std::uint32_t>& rows,
                           const std::vector<std::vector<std::uint16_t>>& positive, std::size_t labels);
    /// @param ways  the scores of one text, one span a way
    void probabilities(std::span<const std::span<const float>> ways, std::span<double> out) const;
};

} // namespace handrail::detect
