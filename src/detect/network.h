#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detect/corpus.h"
#include "detect/order.h"
#include "detect/vocabulary.h"

namespace handrail::detect {

/// How the network is learnt.
struct NetworkPlan {
    std::uint32_t width = 96; ///< numbers that a text becomes
    std::uint32_t rounds = 8;
    float rate = 0.05F;      ///< of learning; falls to nothing over the rounds
    float forgetting = 0.3F; ///< share of a text's features left out each time it is read
    float hidden_forgetting = 0.2F;
    std::uint64_t seed = 1;
};

/// What one task asks of the network.
struct Task {
    std::vector<Question> questions;
    std::size_t labels = 0;
    const SparseRows* features = nullptr;
    std::vector<std::uint32_t> rows; ///< those to learn from
    const std::vector<std::vector<std::uint16_t>>* positive = nullptr;
    float weight = 1; ///< how often its rows are read in a round; the fraction by chance
};

/// Reads a text's features into a few numbers that all tasks share, and each task's labels from those.
struct Network {
    std::size_t columns = 0;
    std::size_t width = 0;
    std::vector<float> vectors; ///< columns × width
    std::vector<float> bias;    ///< width
    struct Head {
        std::size_t labels = 0;
        std::vector<float> weights; ///< labels × width
        std::vector<float> bias;
    };
    std::vector<Head> heads; ///< one a task

    void hidden(std::span<const Cell> row, std::span<float> out) const;
    /// Logits of one task.
    void score(std::span<const Cell> row, std::size_t task, std::span<float> out) const;
};

/// Gradient descent row by row over all tasks together, steps by AdaGrad. Single-threaded, in the order of the seed.
Network learn_network(const std::vector<Task>& tasks, std::size_t columns, const NetworkPlan& plan);

} // namespace handrail::detect
