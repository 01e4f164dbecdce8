#pragma once

#include <span>
#include <string>
#include <string_view>

#include "domain/finding.h"
#include "nlp/second_reader.h"

namespace handrail::nlp {

/// Lets a second reader raise what the rules found, and notes its probabilities.
/// @param explained  a rule says that this message is no danger (an idiom, a title): then it is not raised
/// @param context    earlier messages, oldest first: what asked for a human the same day does so still
void add_second_opinion(Finding& finding, std::string_view text, bool explained, std::span<const std::string> context,
                        const SecondReader& reader);

} // namespace handrail::nlp
