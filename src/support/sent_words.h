#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "trust/record.h"

namespace handrail::support {

/// What was sent to a language model for one reply, to the letter: sealed with the person's key before it leaves, and theirs
/// to read.
struct SentWords {
    Instant at;
    ConversationId conversation;
    std::string to;      ///< "Mistral AI, France"
    std::string address; ///< the host
    std::string model;
    std::string words;   ///< line by line, each with who is made to say it
};

Result<void> write_down(trust::Writing& writing, PersonId person, const SentWords& sent);
/// How often since an instant.
Result<int> times_sent(trust::Reading& reading, PersonId person, Instant since);
/// Newest first.
Result<std::vector<SentWords>> sent_words(trust::Reading& reading, PersonId person, Instant before, int most);

} // namespace handrail::support
