#pragma once

#include <span>
#include <string>
#include <string_view>

#include "domain/finding.h"
#include "nlp/rule_book.h"
#include "nlp/second_reader.h"

namespace handrail::nlp {

/// Stands in the evidence of what is unknown because the second reader is in doubt, and not because it could not be read.
constexpr const char* rule_of_doubt = "model:doubt";

/// A message that a second reader is asked about.
struct AskedAbout {
    std::string_view text;
    int context_index = -1; ///< -1: the message itself
    bool explained = false; ///< a rule says that this message is no danger (a story, a title): then it is not raised
    /// The text with blanks for every sentence with an idiom; empty when there is none. "It beats me" explains its own
    /// sentence and nothing of what stands beside it: the message is raised only by what would be raised without it too.
    std::string rest = {};
    /// The written rule by which the reader may say now; without one, today at most: a model alone calls nobody at once.
    const Combination* now_by = nullptr;
    const Combination* now_by_when_sure = nullptr; ///< likewise, when it is sure of now
    /// With a rule that goes by the words that say "within a day": those, in code points.
    std::size_t when_begin = 0;
    std::size_t when_end = 0;
};

/// Lets a second reader raise what the rules found, and notes its probabilities of the message itself. Where the rules
/// found nothing and it is in doubt about the message itself, the finding is unknown.
/// @param asked  the message itself first; then earlier ones of which it is not known that they ask for nobody, the
///               latest first: what asked for a human the same day does so still
void add_second_opinion(Finding& finding, std::span<const AskedAbout> asked, const SecondReader& reader);

/// What the reader says of a message, and still says without its idioms: the lower of both.
SecondReader::Opinion opinion_of(const AskedAbout& message, const SecondReader& reader);

/// Whether an earlier message, of which the reader thinks so, still asks for a human the same day.
bool asks_for_a_human(std::string_view text, const SecondReader::Opinion& opinion);

} // namespace handrail::nlp
