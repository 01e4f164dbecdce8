#include "monitoring/ask_once.h"

#include <algorithm>

namespace handrail::monitoring {

void wait_for_end_of(const AskPause& pause, KeptSchedule& once)
{
    const auto& schedule = once.plan.schedule;
    if (schedule.offset >= std::chrono::minutes{0} || pause.until < *schedule.anchor)
        once.next_at = pause.until;
}

bool was_left_out(const KeptSchedule& once, const std::vector<KeptAsk>& asks, bool all)
{
    const auto& schedule = once.plan.schedule;
    if (once.running || !schedule.anchor || !once.over_at || *once.over_at < *schedule.anchor + schedule.offset)
        return false;
    if (!all && (asks.empty() || asks.back().asked_at > *once.over_at))
        return false; // too long ago to tell
    return std::none_of(asks.begin(), asks.end(), [&](const auto& each) { return each.schedule == once.id; });
}

} // namespace handrail::monitoring
