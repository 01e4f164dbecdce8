#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "base/clock.h"
#include "domain/trend_protocol.h"

namespace handrail::monitoring {

/// Notices that a person has not answered for much longer than is usual for them. No data is never no change.
class Silence {
public:
    struct Noticed {
        double silent_days = 0;
        double usual_days = 0; ///< median of the last intervals
        double low = 0;        ///< a tenth of them is shorter
        double high = 0;       ///< a tenth of them is longer
        double limit_days = 0;
    };

    explicit Silence(const TrendProtocol& protocol) : protocol_(&protocol) {}

    /// Time has come to `at`. Told again after a day while nothing is answered.
    std::optional<Noticed> look(Instant at);
    void answered(Instant at, std::chrono::sys_days day);

private:
    const TrendProtocol* protocol_;
    std::optional<Instant> answered_at_;
    std::optional<std::chrono::sys_days> answered_on_;
    std::deque<double> intervals_; ///< days between answered days, the newest last
    std::optional<Instant> told_at_;
};

} // namespace handrail::monitoring
