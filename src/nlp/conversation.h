#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/finding.h"
#include "nlp/grammar.h"

namespace handrail::nlp {

/// One message with what was found in it.
struct ReadMessage {
    std::string_view text;
    int context_index = -1; ///< -1: the message itself
    NormalisedText words;
    std::vector<Hit> hits;
    std::size_t work = 0; ///< places and pairs that reading it looked at

    /// Nobody's words stay behind between messages, nor more room than `most` letters take.
    void forget(std::size_t most);
};

/// What the whole conversation comes to.
struct Conclusion {
    Finding finding;
    /// Of the messages given, the one with the last answer of safety that counts; none: how many there are. What came
    /// before it asks for a human the same day at most.
    std::size_t eased_at = 0;
};

/// A rule that says why words like those of a danger are none: an idiom, a title, what went before.
bool calm(const Rule& rule);

/// Puts the signs of a whole conversation together: the most pressing one counts; signs that mean more together are
/// joined (combinations.tsv); a joke or a retraction lowers nothing. The one thing that lowers an urgency is an answer
/// of safety: what was now before it is today from then on, in this message and in those after it, until a new sign says
/// otherwise. It is named in the evidence, and the finding's combination is then one of safety_answer.h's.
///
/// @param messages  in their order, the message itself last
Conclusion conclude(const std::vector<const ReadMessage*>& messages, const RuleBook& book);

} // namespace handrail::nlp
