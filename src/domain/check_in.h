#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/confidential.h"

namespace handrail {

/// The same words in several languages, by BCP 47 primary subtag.
using LocalText = std::map<std::string, std::string, std::less<>>;

/// The words in that language, in English when they are not there, empty when neither is.
const std::string& in_language(const LocalText& text, std::string_view language);

struct CheckInChoice {
    int value = 0;      ///< for groups of one choice
    std::string id;     ///< for groups of many choices
    LocalText text;
    std::optional<double> hours_from; ///< what a sleep choice stands for, half open
    std::optional<double> hours_below;
};

/// One question of a check-in. Nothing in it is required.
struct CheckInGroup {
    enum class Kind { One, Many, Text };
    std::string id;
    Kind kind = Kind::One;
    LocalText question;
    LocalText hint;      ///< beside the question
    LocalText below;     ///< under the field
    std::string better;  ///< "up", "down" or empty: which way is better
    std::vector<CheckInChoice> choices;
    std::size_t longest = 0; ///< for text: code points

    const CheckInChoice* choice(int value) const;
    const CheckInChoice* choice(std::string_view id) const;
};

/// A few questions the person agreed to answer often.
struct CheckInForm {
    std::string id;
    std::string version;
    LocalText about;
    std::vector<CheckInGroup> groups;

    const CheckInGroup* group(std::string_view id) const;
};

/// What a person answered, checked against the form. A group that is not here was left open, which is no value.
struct CheckInAnswers {
    std::map<std::string, int, std::less<>> one;
    std::map<std::string, std::vector<std::string>, std::less<>> many;
    std::map<std::string, Confidential, std::less<>> text;

    std::optional<int> value(std::string_view group) const;
    bool empty() const { return one.empty() && many.empty() && text.empty(); }
};

} // namespace handrail
