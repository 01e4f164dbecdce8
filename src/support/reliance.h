#pragma once

#include <string>

#include "domain/reliance_protocol.h"
#include "support/turn.h"

/// Leaning on the chat (safety.md E2): counted from what the person says and when, spoken of kindly at set marks.
namespace handrail::support::reliance {

/// Counts what this message says of it. The third time within the window that there is only the chat is something a
/// human reads (safety.md B, soon: reliance that displaces people): then the reply's finding says so.
void hear(Turn& turn, const RelianceProtocol& protocol, std::string_view words);

/// Adds that it has become a lot, and one human step, where a mark is reached and nothing was said of it lately. Only
/// called outside danger. It is the first part to go when the reply gets too long.
/// @return what was added; empty: nothing
std::string speak_of_it(Turn& turn, const RelianceProtocol& protocol);
/// After the reply was shortened: it counts as said only when it still stands there.
void settle(Turn& turn, const std::string& added);

} // namespace handrail::support::reliance
