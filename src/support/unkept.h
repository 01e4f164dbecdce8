#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/block.h"
#include "support/dialogue.h"
#include "support/situation.h"

namespace handrail::support {

/// What is said when the record did not keep what somebody sent: the fixed words alone, without a store, and with
/// nobody told. They ask nothing, since an answer would not be kept either.
///
/// @param words   what was written; empty for answers to a questionnaire
/// @param finding what they call for by themselves
/// @param here    what is known of the service; of the person nothing is, so words for an adult are taken
/// @return nothing when the words were understood and no human is needed today or now
std::optional<std::vector<Block>> answer_unkept(const Dialogue& dialogue, std::string_view words,
                                                const Finding& finding, Situation here);

} // namespace handrail::support
