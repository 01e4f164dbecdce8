#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "domain/urgency.h"

namespace handrail::nlp {

/// A second, independent way of reading a message, beside the rules (safety.md B4). It can only raise what they found:
/// to today at most.
class SecondReader {
public:
    struct Opinion {
        std::map<std::string, double> probability; ///< by category: that a human is needed the same day for it
        std::optional<Category> today;             ///< sure enough to ask for one
        std::size_t begin = 0; ///< the words that weighed most, in code points of the text; only with `today`
        std::size_t end = 0;
    };

    virtual ~SecondReader() = default;
    /// Never fails, and takes time linear in the text, but for finding the words when it asks for a human.
    virtual Opinion read(std::string_view text) const = 0;
    virtual std::string version() const = 0;
};

} // namespace handrail::nlp
