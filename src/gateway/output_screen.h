#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handrail::gateway {

/// Judges words of a model before they leave.
class OutputScreen {
public:
    struct Judged {
        bool allowed = true;
        std::string replacement;        ///< what is said instead; never empty when not allowed
        std::vector<std::string> rules; ///< "D2"
    };
    virtual ~OutputScreen() = default;
    /// An error, or an exception, means that nothing is known about these words: they stay.
    virtual Result<Judged> judge(std::string_view words) const = 0;
};

} // namespace handrail::gateway
