#pragma once

#include <optional>
#include <string>

#include "care/service.h"
#include "support/phrasebook.h"
#include "support/wording.h"

/// Sentences that stand beside the conversation and not in it, worded from content in the reader's language.
namespace handrail::support {

/// The first wording of a text, filled in; empty when the language has none.
std::string standing_words(const Phrasebook& book, std::string_view key, const Filling& filling = {});

/// Who reads, and until when: "Nobody from your team is here until tomorrow at 09:00."
std::string staffed_words(const Phrasebook& book, const care::Staffed& staffed);

/// What is true of a request for a human that waits.
struct Waits {
    std::string asked_at;            ///< "23:14"
    std::optional<std::string> until; ///< when it becomes an alert; none: it has
    care::Staffed staffed;
    std::size_t here = 0;            ///< clinicians of the team whose page is open
};
std::string waiting_words(const Phrasebook& book, const Waits& waits);

} // namespace handrail::support
