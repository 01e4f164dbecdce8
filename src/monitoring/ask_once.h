#pragma once

#include "monitoring/ask_pause.h"
#include "monitoring/ask_rows.h"

namespace handrail::monitoring {

/// What was to be asked once and came due in a pause is asked when the pause is over; where it was to come before an event,
/// only while the event is still ahead, else it is left out.
void wait_for_end_of(const AskPause& pause, KeptSchedule& once);

constexpr std::size_t asks_shown = 30; ///< of the last ones, to staff

/// Whether what was to be asked once came due and was never asked: a pause lasted until after its event, or the service was
/// away for too long.
/// @param asks  the newest first: those of the person
/// @param all   whether these are all
bool was_left_out(const KeptSchedule& once, const std::vector<KeptAsk>& asks, bool all);

} // namespace handrail::monitoring
