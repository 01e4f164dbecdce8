#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "domain/urgency.h"

namespace handrail::nlp {

/// A second, independent way of reading a message, beside the rules (safety.md B4). It can only raise what they found.
class SecondReader {
public:
    struct Opinion {
        Urgency urgency = Urgency::Usual;   ///< never unknown: of what it does not understand it says nothing
        Category category = Category::None; ///< with any other urgency than usual, or in doubt
        /// Usual or soon by its answer, and yet it is more likely than not that a human is needed the same day: the urgency
        /// is usual then.
        bool in_doubt = false;
        /// By category: that a human is needed the same day for it.
        std::array<double, category_count> probability{};
        double now = 0; ///< probability that it is happening now or within a day
    };
    /// The words that weighed most, in code points of the text, half open.
    struct Words {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    virtual ~SecondReader() = default;
    /// Never fails, and takes time linear in the text.
    virtual Opinion read(std::string_view text) const = 0;
    /// For an opinion that it gave of this text; likewise in linear time.
    virtual Words words(std::string_view text, const Opinion& opinion) const = 0;
    virtual std::string version() const = 0;
};

} // namespace handrail::nlp
