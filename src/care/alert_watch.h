#pragma once

#include <array>
#include <memory>
#include <vector>

#include "base/measure.h"
#include "care/alert.h"
#include "trust/record.h"

/// Alerts as numbers, for whoever watches that the service answers: how many stand, how old the oldest is, how long
/// people took. No row is opened and nobody is named.
namespace handrail::care {

/// The alerts of one urgency and state, test pages left out.
struct StandingAlerts {
    Urgency urgency = Urgency::Unknown;
    AlertState state = AlertState::Open; ///< never Closed
    std::int64_t count = 0;
    std::int64_t past_their_time = 0; ///< went up at least once, or wait for a timer that is over
    Instant oldest;                   ///< when the oldest was raised
};
Result<std::vector<StandingAlerts>> standing_alerts(trust::Record& record, const Actor& system);

/// One alert that somebody acknowledged for the first time.
struct FirstAnswer {
    Urgency urgency = Urgency::Unknown;
    Instant at;
    Duration took; ///< since it was raised
};
Result<std::vector<FirstAnswer>> first_answers_since(trust::Record& record, const Actor& system, Instant since);

/// How long alerts waited until somebody acknowledged them for the first time, by urgency, since this process began.
class AnswerTimes {
public:
    void count(Urgency urgency, Duration took) { of(urgency).count(took); }
    Measure measure() const;

private:
    /// From 15 s to a day: both sides of one minute, five and sixty, the times that an alert has.
    static constexpr std::array<double, 11> edges{15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 28800, 86400};
    Tally& of(Urgency urgency)
    {
        return urgency == Urgency::Now ? now_ : urgency == Urgency::Today ? today_ : unknown_;
    }
    Tally now_{edges};
    Tally today_{edges};
    Tally unknown_{edges};
};

/// Whether anybody acknowledged this alert before; inside the transaction that acknowledges it.
Result<bool> was_acknowledged(trust::Reading& reading, AlertId alert);

} // namespace handrail::care
