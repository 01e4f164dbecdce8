#pragma once

#include "support/crisis_protocol.h"

/// The safety plan written in the conversation, a part at a time, into the very document that the plan page shows. In the
/// person's own words; the questions are ours (care.md 5.5).
namespace handrail::support::planning {

/// Whether this message asks for the plan, or belongs to one that is being written. Danger leaves the plan at its part:
/// it can be taken up again. Never before the contacts of a danger were given, never where abuse was heard (C8).
bool concerned(Turn& turn, const Danger& danger);
/// Begins, goes on, skips, stops or ends.
void go_on(Turn& turn);
/// Offers it once after `today`, when the reply asks nothing else.
void offer(Turn& turn);

} // namespace handrail::support::planning
