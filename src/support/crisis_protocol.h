#pragma once

#include <optional>

#include "support/turn.h"

namespace handrail::support {

/// What is in front of the protocol in this turn.
struct Danger {
    Urgency urgency = Urgency::Usual;
    Category category = Category::None;
    Subject subject = Subject::None;
    bool fresh = false;    ///< in this message, and not only held from earlier ones
    std::string question;  ///< the direct question this message answered; empty: none
    std::string option;    ///< "yes", "no", "unsure", "refuses"
    bool retracts = false;
};

/// Safety.md C1-C16 as fixed content chosen by rule. Each writes into the turn's draft.
namespace crisis {

/// At most three actions, the emergency number first, one question; shorter and in other words when danger is renewed.
void now(Turn& turn, const Danger& danger);
/// Hears it, names contacts, a trusted person and a professional, tells who knows, offers a safety plan, asks directly.
void today(Turn& turn, const Danger& danger);
void soon(Turn& turn, const Danger& danger);
/// Not understood: the honest answer and ways to reach a human.
void unknown(Turn& turn);
/// The answer to a direct question that raises nothing: respected, and not asked again in the same words.
void answered(Turn& turn, const Danger& danger);
/// Whether danger from earlier in the session comes before what the person wants now. At now always: thanks, a greeting
/// or a goodbye does not end it (C6). At today what they ask is answered, and other things are not.
bool holds(const Turn& turn, const Danger& danger);
/// Danger from earlier in the session, while the person goes on talking.
void hold(Turn& turn, const Danger& danger);
/// A human opened the alert about the person (C15): nothing else is said with it.
void opened(Turn& turn);
/// The person named their country: its numbers, once.
void country_named(Turn& turn, const Danger& danger);

} // namespace crisis

} // namespace handrail::support
