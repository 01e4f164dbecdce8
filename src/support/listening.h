#pragma once

#include "support/turn.h"

namespace handrail::support {

/// The listening floor: what is said when nobody is in danger. Reflects more than it asks, asks one thing at most, gives
/// no advice before it is asked for.
namespace listening {

/// Answers what the person wants, as far as it was understood; otherwise listens.
void reply(Turn& turn);
/// Reflects, and sometimes asks.
void listen(Turn& turn);
/// Words that take up what the person said; empty words are none.
void reflected(Turn& turn, std::string words, const char* how);
/// One open question, unless one was put just before. Not more questions than reflections over the conversation.
void ask(Turn& turn, std::initializer_list<std::string_view> keys, bool always, const std::string& pending = "open");
/// To go on talking, or one small step.
void offer_choice(Turn& turn);
/// Asks for a person: who was asked and how long it may take, or that nobody is on duty and who answers now.
void hand_over(Turn& turn);
/// Says that nobody took the conversation in time, and who answers meanwhile.
void nobody_came(Turn& turn);

} // namespace listening

/// Exercises one step at a time.
namespace exercising {

/// Whether this message belongs to an exercise that is offered or running. A wish that comes first leaves it in the
/// middle: it can be taken up again.
bool concerned(Turn& turn);
/// Whether the step that was put last asks the person for words of their own.
bool asks_for_words(const Turn& turn);
/// Goes on, stops, or ends.
void go_on(Turn& turn);
/// Offers the one that fits what the person spoke of.
void offer(Turn& turn);

} // namespace exercising

} // namespace handrail::support
