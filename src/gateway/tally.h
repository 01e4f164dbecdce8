#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "base/measure.h"

namespace handrail::gateway {

/// What went through the gateway, in bytes of words. While the screener works, received = screened = released + withheld, on
/// the way in and on the way out; what is received and not screened was withheld too, and says that the screener failed.
class Tally {
public:
    struct Way {
        std::atomic<std::uint64_t> received{0};
        std::atomic<std::uint64_t> screened{0};
        std::atomic<std::uint64_t> released{0};
        std::atomic<std::uint64_t> withheld{0};
        /// A screener's answer about `bytes` that were received before.
        void judged(std::uint64_t bytes, bool let_through)
        {
            screened += bytes;
            (let_through ? released : withheld) += bytes;
        }
        bool adds_up() const { return received == screened && received == released + withheld; }
    };
    Way in;  ///< what apps sent
    Way out; ///< what the language model answered
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> helped{0};   ///< answered with fixed words for danger
    std::atomic<std::uint64_t> replaced{0}; ///< answers of the model of which something was replaced
    std::atomic<std::uint64_t> not_screened{0};

    std::vector<Measure> measures() const;
};

} // namespace handrail::gateway
