#pragma once

#include "support/turn.h"

/// What the person says they tried already: taken up once in their own words, and not offered again in this conversation.
namespace handrail::support::tried {

/// Remembers it, whatever else the message is about.
void learn(Turn& turn);
/// Answers it: a step of another kind where one is wanted; after help from people, what was missing there and one other way.
/// @return false when the message is about something else first, or all of it was taken up before
bool reply(Turn& turn);

} // namespace handrail::support::tried
