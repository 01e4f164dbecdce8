#pragma once

#include <algorithm>

#include "support/conversation_desk.h"

namespace handrail::support {

/// A conversation in the middle of a request.
struct ConversationDesk::Held {
    Conversation conversation;
    State dialogue;
    Instant read_at;                    ///< changed_at when it was read: another writer since then means to start over
    std::optional<HumanWait> wait_read; ///< the timer row that stands for it

    /// An instant after whatever was said before, also within one millisecond: messages sort as they were said.
    Instant after(Instant now) const { return std::max(now, read_at + std::chrono::milliseconds{1}); }
};

ConversationState state_in(std::string_view text);
/// Whether someone by their role may read and act in conversations; of whom, the record knows.
inline bool staff_reads(const Actor& actor)
{
    return actor.role() == Role::Clinician || actor.role() == Role::Lead;
}

/// Today asks before a human is called into the conversation (safety.md G1): the page words the button.
void offer_person(Reply& reply);

} // namespace handrail::support
