#pragma once

#include <string_view>

#include "nlp/feeling_reader.h"
#include "support/understanding.h"

namespace handrail::support {

/// Adds the feeling that the model hears in a message in which the rules heard none, and only to plain talk: what was
/// understood as a wish, a question or an odd belief keeps its answer.
/// @return whether one was added
bool add_feeling(Heard& heard, std::string_view words, const nlp::FeelingReader& reader);

} // namespace handrail::support
