#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/fields.h"
#include "base/ids.h"
#include "domain/urgency.h"
#include "trust/record.h"

namespace handrail::support {

/// What a conversation waits for a human to do, and until when. Stands in the conversation's sealed state, and as a
/// timer row beside it, so that a crash forgets nothing; one at a time, because either nobody has the conversation or
/// somebody.
struct HumanWait {
    enum class For {
        Person, ///< a human was asked for and nobody has taken the conversation
        Reply,  ///< a human has it, and something that sounded like danger has no reply
    };
    For what = For::Person;
    Instant due_at;
    Urgency urgency = Urgency::Usual; ///< of Reply: what was heard
    FindingId finding;                ///< of Reply
    AlertId alert;                    ///< of Reply: a human who ends it has acted
    std::string told;                 ///< of Person: what the person was told when they asked
    bool operator==(const HumanWait&) const = default;
};

Fields encoded(const HumanWait& wait);
HumanWait human_wait_from(const Fields& fields);

/// The timer row: its id is the conversation's. It holds since when the person waits, so that the queue tells it also
/// where nobody may read what they wrote.
struct HumanTimer {
    Instant due_at;
    std::optional<Instant> asked_at; ///< of Person
};
/// @param since  of the conversation's state
Result<void> keep_timer(trust::Writing& writing, ConversationId conversation, const HumanWait& wait,
                        std::optional<Instant> since);
Result<std::optional<HumanTimer>> read_timer(trust::Reading& reading, ConversationId conversation);
Result<void> drop_timer(trust::Writing& writing, ConversationId conversation);
/// Whose time is over, the longest first; a bounded number.
Result<std::vector<ConversationId>> timers_over(trust::Reading& reading);

} // namespace handrail::support
