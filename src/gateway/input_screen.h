#pragma once

#include <span>
#include <string>
#include <string_view>

#include "domain/finding.h"

namespace handrail::gateway {

/// Judges what somebody wrote before it goes to a model: nlp::Screener, or in a test one that fails.
class InputScreen {
public:
    virtual ~InputScreen() = default;
    /// An exception means that nothing is known about these words: they stay.
    virtual Finding screen(std::string_view text, std::span<const std::string> context, std::string_view lang) const = 0;
    /// Whether only the rules read.
    virtual bool rules_only() const = 0;
};

} // namespace handrail::gateway
