#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/alert_desk.h"
#include "errands/walk_path.h"
#include "trust/record.h"

namespace handrail::errands {

/// The steps of a walk, in their order; a walk ends at the first that does not hold, and what it left is removed all the
/// same.
enum class WalkStep {
    CameIn,   ///< the made-up person is there, and nothing of an earlier walk
    Screened, ///< what they wrote is kept, and the screener says now
    Answered, ///< the reply is the fixed words of danger
    Raised,   ///< an alert at now stands in the store, its timer set as the policy says
    WentUp,   ///< the timers found it due and took it up
    Sent,     ///< each channel's sender took the call from the store and settled it; nothing left the server
    Channels, ///< no channel has had calls to staff waiting for long
    Ended,    ///< a human's deed closes it
    Removed,  ///< nothing is left of it
};
std::string_view name(WalkStep step);
std::optional<WalkStep> walk_step_from(std::string_view name);

/// One walk as it is kept: of each step which, when it was over, how long it took and whether it held.
struct Walked {
    struct Step {
        WalkStep step = WalkStep::CameIn;
        Instant at;
        Duration took{};
        bool held = false;
    };
    std::vector<Step> steps;
    std::string problem; ///< what a desk said at the broken step, for the operator's log; not kept
    Instant at() const { return steps.back().at; }
    bool held() const;
    /// The one at which it broke; none when it held.
    std::optional<WalkStep> broke_at() const;
};

/// How the walk stands.
struct WalkState {
    std::optional<Walked> last;
    bool overdue = false; ///< two of them should have been over and were not
};

/// A made-up person goes the whole way of an alert every few minutes, so that a broken one is noticed before somebody needs
/// it: the message, the screener, the fixed words, the alert, its timer, the senders, the human's deed. A broken walk pages
/// the lead and the administrator, once for a break.
///
/// One node walks at a time: whoever claims the row in the store. The made-up person lives in an organisation of their own
/// (trust::walk_organisation), so that no list, count, report or judging of people can come across them.
class Walk {
public:
    struct Times {
        std::chrono::minutes every{5}; ///< 0: never
        std::chrono::seconds for_timers{60};
        std::chrono::seconds for_senders{120};
        std::chrono::minutes channel_may_fail{10};
    };
    /// Lets some time go by; false when the service stops.
    using Wait = std::function<bool(Duration)>;

    Walk(trust::Record& record, const care::AlertDesk& alerts, const WalkPath& path, const Clock& clock, Times times)
        : record_(record), alerts_(alerts), path_(path), clock_(clock), times_(times)
    {
    }

    /// Walks when it is time and no other node does. System, of the organisation that is served.
    /// @return the walk, held or broken; none when it was not time, another node walks, or the service stopped in the middle
    Result<std::optional<Walked>> round(const Actor& system, const Wait& wait) const;

    Result<WalkState> state(trust::Reading& reading) const;
    std::chrono::minutes every() const { return times_.every; }

private:
    Result<bool> claim(const Actor& system, Instant until) const;
    Result<void> let_go(const Actor& system, Instant claimed_until) const;
    Result<void> keep(const Actor& system, const Walked& walked, Instant claimed_until) const;
    Result<bool> channels_well(const Actor& system) const;
    /// None when the service stopped in the middle.
    std::optional<Walked> walk(const Actor& system, const Wait& wait) const;

    trust::Record& record_;
    const care::AlertDesk& alerts_;
    const WalkPath& path_;
    const Clock& clock_;
    Times times_;
};

} // namespace handrail::errands
