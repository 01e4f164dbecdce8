#pragma once

#include <string>
#include <string_view>

namespace handrail::nlp {

/// A second, independent way of reading what a language model is about to say, beside the rules of the guard. It can only
/// hold back what they would have let through.
class ReplyReader {
public:
    virtual ~ReplyReader() = default;
    /// The rule that the words most likely break, as the safety rules are numbered: "D2"; empty: nothing is held against
    /// them. Never fails, and takes time linear in the text.
    /// @param surely  0 to 1: nothing is held against words that break a rule with less probability; 0: as it was set when it
    ///                learnt
    virtual std::string broken_by(std::string_view words, double surely) const = 0;
    virtual std::string version() const = 0;
};

} // namespace handrail::nlp
