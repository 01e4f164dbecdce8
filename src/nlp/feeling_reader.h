#pragma once

#include <string>
#include <string_view>

namespace handrail::nlp {

/// A way of hearing the feeling in a message beside the rules. A wrong feeling named is worse than none: it names one only
/// when it is very sure.
class FeelingReader {
public:
    virtual ~FeelingReader() = default;
    /// "sad", "anxious", "angry", "ashamed", as content/conversation has them; empty: not sure enough, or not the writer's
    /// own. English. Never fails, and takes time linear in the text, up to a bound.
    virtual std::string feeling(std::string_view text) const = 0;
    virtual std::string version() const = 0;
};

} // namespace handrail::nlp
