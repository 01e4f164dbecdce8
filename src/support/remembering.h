#pragma once

#include <string>
#include <string_view>

#include "support/turn.h"

/// What the person lets the AI remember (safety.md E6): offered only when they said it in words the rules know, kept only
/// after a yes, used sparingly, listed and forgotten when they ask. In a conversation without memory none of it.
namespace handrail::support::remembering {

/// Answers what is about remembering: an offer that waits for a yes, "what do you remember about me?", "forget …". False
/// when the message is about something else.
bool reply(Turn& turn);
/// Asks whether to remember what this message says. False when it says nothing of the kind.
bool offer(Turn& turn);
/// Comes before exercises: what the person said helps them. False when nothing is known, or all was named already.
bool offer_what_helps(Turn& turn);
/// A person of their own, where people matter more than this chat.
void name_someone(Turn& turn);
/// The text with their name; empty when no name is remembered or these words were used.
std::string by_name(Turn& turn, std::string_view key);

} // namespace handrail::support::remembering
