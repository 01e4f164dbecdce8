#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "domain/trend_protocol.h"
#include "monitoring/trend_baseline.h"

namespace handrail::monitoring {

/// Signs that a series recovers from its ups and downs more slowly than before: correlation of each day with the day before
/// and variance, both taken in a rolling window without its straight line, rising together (Scheffer et al. 2009). They
/// are offered with what is published about them and never raise an urgency: most recurrences came without, and they
/// come without a recurrence.
class SlowingDown {
public:
    struct Noticed {
        double correlation = 0;
        double low = 0; ///< 95 % interval of the correlation
        double high = 0;
        double correlation_rise = 0; ///< Kendall's rank correlation with time
        double variance = 0;
        double variance_rise = 0;
        int delay_days = 0; ///< the days over which they were seen to rise
    };

    explicit SlowingDown(const TrendProtocol& protocol) : protocol_(&protocol) {}

    /// A new day has begun.
    std::optional<Noticed> look(const OwnDays& days, std::chrono::sys_days today);

private:
    struct Window {
        std::chrono::sys_days before; ///< the day after the window
        double correlation = 0;
        double variance = 0;
        int pairs = 0;
    };
    std::optional<Window> window(const OwnDays& days, std::chrono::sys_days today) const;

    const TrendProtocol* protocol_;
    std::deque<Window> windows_; ///< of the last days, the newest last
    bool told_ = false;
};

} // namespace handrail::monitoring
