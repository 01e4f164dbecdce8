#pragma once

#include <chrono>
#include <optional>

#include "domain/trend_protocol.h"
#include "domain/urgency.h"
#include "monitoring/trend_baseline.h"

namespace handrail::monitoring {

/// Each day's mean compared with the person's own days by an exponentially weighted average (Roberts 1959) and by a
/// cumulative sum (Page 1954), both widened for days that resemble the day before and for a baseline of few days. A change
/// for the better raises nothing, and nothing here lowers an urgency: an alarm that ends stops repeating.
class TrendAlarms {
public:
    /// What an alarm says on the day it is told. Higher is worse.
    struct Change {
        bool slowly = false; ///< only the sum has passed its limit: many days a little worse
        Urgency urgency = Urgency::Soon;
        double ewma = 0; ///< in standard errors
        double cusum = 0;
        double change = 0; ///< mean of the days since it may have begun, less the usual
        double low = 0;    ///< 95 % interval of that
        double high = 0;
        int delay_days = 0;    ///< from the day it may have begun
        int standing_days = 0; ///< from the day it was first told
    };

    explicit TrendAlarms(const TrendProtocol& protocol) : protocol_(&protocol) {}

    /// @param today the mean of the day so far
    /// @return an alarm that begins, or that stands and was not told today
    std::optional<Change> look(const TrendBaseline& base, std::chrono::sys_days day, double today);
    /// Makes the day part of what is known.
    void close(const TrendBaseline& base, std::chrono::sys_days day, double value);
    bool standing() const { return standing_; }
    /// The day the newest alarm was first told; without a meaning before any.
    std::chrono::sys_days alarmed_on() const { return alarmed_on_; }

private:
    /// Over the days that are over, since the baseline was known.
    struct Stand {
        double average = 0;
        double sum = 0;
        std::optional<std::chrono::sys_days> began_on; ///< the sum has been above nothing since then (Page's estimate)
        double since = 0;                              ///< of the days from then on
        int days = 0;
    };

    Stand with(const TrendBaseline& base, std::chrono::sys_days day, double value) const;
    double standard_errors(const TrendBaseline& base, double average, double today) const;

    const TrendProtocol* protocol_;
    std::optional<Stand> stand_;
    bool standing_ = false;
    bool slowly_ = false;
    Urgency urgency_ = Urgency::Soon;
    std::chrono::sys_days alarmed_on_{};
    std::chrono::sys_days told_on_{};
};

} // namespace handrail::monitoring
