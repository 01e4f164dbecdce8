#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace handrail {

/// Counts values (seconds, sizes) in fixed steps, from any thread and without a lock. What is kept is how many fell
/// into each step and their sum: nothing of any one of them.
class Tally {
public:
    /// @param edges Upper ends of the steps, rising; whatever is larger than the last falls into one more. They outlive
    /// the tally.
    explicit Tally(std::span<const double> edges);

    void count(double value);
    void count(std::chrono::nanoseconds took) { count(std::chrono::duration<double>(took).count()); }

    struct Steps {
        std::span<const double> edges;
        std::vector<std::uint64_t> counts; ///< of each step; one more than edges
        double sum = 0;
        std::uint64_t all() const;
        /// The edge below which this share (0 to 1) of the values lies: the value was at most this. The last edge when
        /// it was larger than all of them; 0 when there were no values.
        double at_most(double share) const;
        /// What came since `before`, a reading of the same tally.
        Steps since(const Steps& before) const;
    };
    Steps read() const;

private:
    std::span<const double> edges_;
    std::unique_ptr<std::atomic<std::uint64_t>[]> counts_;
    std::atomic<double> sum_{0};
};

} // namespace handrail
