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
/// @param to_read    which of them to read, in their order; of the others it is known that they ask for nobody
void add_second_opinion(Finding& finding, std::string_view text, bool explained, std::span<const std::string> context,
                        std::span<const std::size_t> to_read, const SecondReader& reader);

/// Whether an earlier message, of which the reader thinks so, still asks for a human the same day.
bool asks_for_a_human(std::string_view text, const SecondReader::Opinion& opinion);

} // namespace handrail::nlp
