#pragma once

#include <string>

namespace handrail {

/// content/protocols/trend.json: when a series of one person stands out from that person's own days.
struct TrendProtocol {
    std::string version;
    int baseline_days = 0;      ///< days with an answer before anything is said
    int baseline_longest = 0;   ///< days with an answer that make up the baseline, the newest ones
    int baseline_lag_days = 0;  ///< the last days are not part of it, so that a slow change does not hide itself
    double ewma_weight = 0;     ///< of the newest day
    double ewma_limit = 0;      ///< in standard errors of the average
    double cusum_slack = 0;     ///< in standard deviations: smaller shifts are left alone
    double cusum_limit = 0;
    int silence_days = 0;       ///< the shortest silence that is reported
    double silence_intervals = 0; ///< and not under this many of the person's usual intervals
    int today_after_days = 0;   ///< both rules standing this long ask for a human today
};

} // namespace handrail
