#pragma once

#include "support/turn.h"

/// What time itself calls for in a conversation: the notice (A1-A3), breaks and the longest sitting (E4), and who is too
/// young for the service (F1). None of it comes between a person and help.
namespace handrail::support::sitting {

/// Of a turn in which nobody is in danger, nor was earlier in the session.
enum class Calm { No, Yes };

/// Says again what this is, when it is due: in the first reply, after seven days away, every three hours, and every hour
/// to whoever is or is treated as a minor, then with a break. In danger the break waits.
void give_notice(Turn& turn, Calm calm);
/// The break that the operator set, or that danger made wait.
void suggest_break(Turn& turn, Calm calm);
/// Thanks for an age that was told and names an adult to turn to, once, never in the middle of a disclosure (F1, F2).
void hear_age(Turn& turn, Calm calm);
/// Somebody younger than the service's least age, where the operator wants them shown to those who answer children.
/// @return whether that was the reply
bool under_age(Turn& turn, Calm calm);
/// The longest sitting was reached: a pause, with the time at which it ends.
/// @return whether that was the reply
bool over(Turn& turn, Calm calm, std::chrono::minutes pause);

/// "under_13" or "13_17".
bool minor_band(std::string_view band);

} // namespace handrail::support::sitting
