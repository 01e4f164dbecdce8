#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "domain/urgency.h"

namespace handrail {

/// A piece of what a person wrote or answered that led to a finding.
struct Evidence {
    std::size_t begin = 0; ///< Unicode code points of the original text, half open
    std::size_t end = 0;
    std::string text;      ///< the words themselves: confidential, sealed with the finding, never logged
    std::string rule;      ///< id of the rule or "model:<id>"
    std::string source;    ///< where the rule comes from; a key of content/sources or a short rationale
    int context_index = -1; ///< which earlier message (0 is the oldest), -1 for the message itself
};

/// Every automated statement is a value with its reasons.
struct Finding {
    Urgency urgency = Urgency::Usual;
    Category category = Category::None;     ///< the gravest
    std::vector<Category> categories;       ///< all, gravest first; empty when none
    Subject subject = Subject::None;
    When time = When::None;
    std::string lang = "und";               ///< BCP 47 primary subtag, "und" when unsure
    std::vector<Evidence> evidence;
    std::map<std::string, double> probability; ///< by category; empty without a model
    std::map<std::string, std::string> versions; ///< "rules": "en-1", ...
    std::string combination;                ///< id of the rule that joined several signs, when that one decided; else empty
    std::string combination_source;         ///< where that rule comes from
    std::string why;                        ///< one sentence for a clinician, without the person's words
};

} // namespace handrail
