#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/finding.h"
#include "domain/urgency.h"

namespace handrail::nlp {

/// A message written for measuring, with the urgency that its author gave it by the definitions (docs/urgency.md).
struct AuthoredMessage {
    std::string text;
    Category category = Category::None; ///< what it speaks of, or looks like
    Urgency urgency = Urgency::Usual;
    std::string kind;  ///< how it is said: direct, long, idiom …
    std::string group; ///< who seems to write; "-" when that does not show
    std::string lang;  ///< from the file's name: es_frozen.tsv
    std::string where; ///< file and line
};

/// Reads a file of columns text, category, urgency, kind, group. Invalid names every bad line.
Result<std::vector<AuthoredMessage>> read_authored(const std::filesystem::path& file);

/// How the screener's urgencies compare with the authors'.
class AuthoredMeasure {
public:
    void add(const AuthoredMessage& message, const Finding& finding);

    /// Markdown: urgency by urgency, what was heard and what was raised for nothing, how well the model's probability
    /// parts the two and whether it is as often right as it says, and by language, category, length, kind and group.
    /// Holds no message.
    std::string told() const;

private:
    /// Messages that ask for a human the same day, and calm ones, of one part of the set.
    struct Part {
        int grave = 0;
        int grave_heard = 0; ///< answered today, now or unknown: a human is asked for
        int now = 0;
        int now_heard = 0;  ///< likewise
        int now_as_now = 0; ///< answered now
        int calm = 0;
        int calm_alarmed = 0; ///< answered today, now or unknown
        int calm_raised = 0;  ///< answered anything but usual
    };
    using Parts = std::map<std::string, Part>;
    /// What was raised by one rule, the first that the finding names.
    struct Raised {
        int all = 0;
        int rightly = 0;          ///< the author says now, today or soon
        int same_day = 0;         ///< answered today, now or unknown
        int same_day_rightly = 0; ///< the author says now or today
    };
    /// What the model said of one message: the probability that it speaks of any danger that needs a human the same day.
    struct Said {
        double danger = 0;
        Urgency author = Urgency::Usual;
    };
    static void count(Part& part, Urgency author, Urgency found);
    std::string told_of_probability() const;
    static std::string table(const char* title, const Parts& parts);

    std::map<Urgency, std::map<Urgency, int>> confusion_; ///< of the author, of the screener
    Part all_;
    Parts by_language_;
    Parts by_category_;
    Parts by_length_;
    Parts by_kind_;
    Parts by_group_;
    std::map<std::string, Raised> by_rule_;
    std::vector<Said> said_; ///< empty without a model
};

} // namespace handrail::nlp
