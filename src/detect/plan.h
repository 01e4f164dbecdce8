#pragma once

#include <cstddef>
#include <vector>

#include "detect/label_sets.h"
#include "detect/linear.h"
#include "detect/network.h"
#include "detect/ngrams.h"

namespace handrail::detect {

/// One linear way of scoring.
struct LinearWay {
    LinearPlan plan;
    bool risk_alone = false; ///< learns only the labels that count as risk against the rest, and speaks for all of them
};

/// How the linear model of one label set is learnt. What differs between sets was chosen by cross-validation over train
/// and dev rows; nothing here was looked up on a held-out row.
struct SetPlan {
    NgramShape shape{2, 3, 5};
    std::uint32_t at_least = 2; ///< texts that an n-gram must stand in
    std::size_t most_words = 300'000;
    std::size_t most_letters = 200'000;
    std::size_t most_weights = 2'000'000; ///< kept in the model file
    std::vector<LinearWay> ways; ///< over the same n-grams: what is learnt from them is added up to one set of weights
};

/// How what several sets share is learnt.
struct SharedPlan {
    NgramShape shape{2, 3, 5};
    std::uint32_t at_least = 3;
    std::size_t most_words = 100'000;
    std::size_t most_letters = 60'000;
    float even = 0.3F; ///< 0: every row is read once a round; 1: every set is read equally often
    NetworkPlan network;
    std::size_t words_width = 160; ///< of word vectors; 0: none
    LinearPlan pooled{0.3F, 0.5F, 0, 15};
};

SetPlan plan_for(const LabelSet& set);
SharedPlan shared_plan(std::string_view encoder);

constexpr unsigned fold_count = 5; ///< of the cross-validation

} // namespace handrail::detect
