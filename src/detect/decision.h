#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detect/corpus.h"
#include "detect/label_sets.h"

namespace handrail::detect {

/// Which labels a text is given for its probabilities. The cuts are chosen on cross-validated probabilities, for the
/// measure that the label set is judged by.
struct Decision {
    std::vector<Question> questions;
    std::vector<float> cuts;   ///< one of several: added to the logarithm; a label by itself: the least probability
    bool at_least_one = false; ///< a text always has a label: when none reaches its cut, the one that comes nearest
    float least_certain = 0;   ///< below it: abstain
    float least_known = 0;     ///< a text of which a smaller share is known: abstain

    struct Answer {
        std::vector<std::uint16_t> labels; ///< ascending
        std::uint16_t first = 0;           ///< the one to name when only one can be named
        double certain = 0;                ///< the probability that all of it is so, were the questions independent
    };
    Answer decide(std::span<const double> probabilities) const;

    /// @param probabilities  rows × labels, of rows that were not learnt from
    /// @param rows           which rows to choose on
    static Decision choose(const LabelSet& set, const Corpus& corpus, std::span<const double> probabilities,
                           const std::vector<std::uint32_t>& rows);
};

} // namespace handrail::detect
