#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "domain/trend_protocol.h"
#include "monitoring/trend_baseline.h"

namespace handrail::monitoring {

/// Signs that answering has become a burden: fewer days with an answer than before, or the same answer again and again
/// from someone whose answers used to differ. It says how much the series can still tell, not how the person is.
class EntryFatigue {
public:
    struct Noticed {
        bool same = false;  ///< the same answer again and again; otherwise fewer days with an answer
        double before = 0;  ///< share of days with an answer; of answers equal to the one before
        double now = 0;     ///< the same share lately
        double low = 0;     ///< 95 % interval of now less before
        double high = 0;
        int same_answers = 0;
        int delay_days = 0; ///< since it may have begun
    };

    explicit EntryFatigue(const TrendProtocol& protocol) : protocol_(&protocol) {}

    /// A new day has begun.
    std::optional<Noticed> look_at_days(const OwnDays& days, std::chrono::sys_days today);
    std::optional<Noticed> answered(std::chrono::sys_days day, double value);

private:
    const TrendProtocol* protocol_;
    bool fewer_told_ = false;
    bool same_told_ = false;
    std::optional<double> last_;
    std::chrono::sys_days run_from_{};
    std::int64_t run_ = 0;      ///< answers equal to the one before them, in a row
    std::int64_t answers_ = 0;  ///< before the run
    std::int64_t repeated_ = 0; ///< of them equal to the one before
};

} // namespace handrail::monitoring
