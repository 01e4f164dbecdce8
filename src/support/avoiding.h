#pragma once

#include "support/turn.h"

/// What speaks against an exercise: "when not to use it", as rules read it.
namespace handrail::support::avoiding {

/// Whether it is a thing that an exercise may name under `avoid`: one that is heard, and so can be obeyed.
bool known(std::string_view what);
/// What this message says, or what was found in it, holds for the rest of the conversation.
void learn(Turn& turn);
/// The first thing under the exercise's `avoid` that holds for the person; empty: nothing speaks against it.
std::string_view reason(const Turn& turn, const Exercise& exercise);

} // namespace handrail::support::avoiding
