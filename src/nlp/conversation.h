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
};

/// A rule that says why words like those of a danger are none: an idiom, a title, what went before.
bool calm(const Rule& rule);

/// Puts the signs of a whole conversation together: the most pressing one counts; signs that mean more together are
/// joined (combinations.tsv); a joke or a retraction lowers nothing. The one thing that lowers an urgency is an answer
/// of safety, and it is named in the evidence.
Finding conclude(const std::vector<const ReadMessage*>& messages, const RuleBook& book);

} // namespace handrail::nlp
