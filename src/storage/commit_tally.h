#pragma once

#include <array>
#include <chrono>
#include <vector>

#include "base/measure.h"

namespace handrail::storage {

/// What a store counts of its commits. Both stores use the same names, so that what watches one watches the other.
class CommitTally {
public:
    /// @param together How many requests one COMMIT put on disk.
    void committed(std::size_t together, std::chrono::nanoseconds took)
    {
        took_.count(took);
        together_.count(static_cast<double>(together));
    }
    std::vector<Measure> measures() const
    {
        return {Measure::histogram("handrail_store_commit_seconds", "How long a COMMIT took, until it was on disk.",
                                   took_.read()),
                Measure::histogram("handrail_store_commit_requests",
                                   "How many requests one COMMIT put on disk together.", together_.read())};
    }

private:
    static constexpr std::array<double, 12> seconds{0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                    0.025,   0.05,   0.1,   0.25,   1.0,   5.0};
    static constexpr std::array<double, 10> sizes{1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
    Tally took_{seconds};
    Tally together_{sizes};
};

} // namespace handrail::storage
