#pragma once

#include <string_view>

#include "domain/finding.h"

namespace handrail::nlp {

/// The one logged way down (safety.md B6), as a finding names it in `combination`: what was now is today, because this
/// message says that the writer is safe, or because an earlier one did and nothing since says otherwise.
inline constexpr std::string_view safety_answered = "safety.answered";
inline constexpr std::string_view safety_remembered = "safety.remembered";
/// Rules that read an answer of safety have ids that end so; a rule book where they do not is refused.
inline constexpr std::string_view safety_rules_end = ".safe";

/// Whether this piece of evidence is an answer of safety, not a sign of danger.
inline bool is_answer_of_safety(const Evidence& evidence)
{
    return std::string_view(evidence.rule).ends_with(safety_rules_end);
}

/// Whether the message itself, not an earlier one, holds an answer of safety and nothing that needs a human at once.
inline bool answers_safety(const Finding& finding)
{
    if (finding.urgency == Urgency::Now)
        return false;
    for (const auto& each : finding.evidence)
        if (each.context_index < 0 && is_answer_of_safety(each))
            return true;
    return false;
}

} // namespace handrail::nlp
