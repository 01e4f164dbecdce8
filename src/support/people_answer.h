#pragma once

#include "support/turn.h"

namespace handrail::support::people_answer {

/// What is said to somebody in no danger on a channel where people of the service answer: what they ask about the AI itself,
/// whom else they can reach, that a human was asked for and how long that may take. It listens to nobody in a human's place.
/// Once a human is awaited and that was said, the reply may stay empty.
void reply(Turn& turn);

} // namespace handrail::support::people_answer
