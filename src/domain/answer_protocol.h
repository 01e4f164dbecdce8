#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/instrument.h"
#include "domain/urgency.h"

namespace handrail {

/// What a raised flag or result of a questionnaire calls for. The first line that applies to a flag counts.
struct AnswerLine {
    std::string id;
    std::string flag;        ///< one of flag and result is set
    std::string result;
    std::string instrument;  ///< empty: any
    std::optional<Condition> when; ///< only with an instrument
    bool asks_further = false; ///< a screener is offered to the person at once (AnswerProtocol::follow_up)
    bool graded = false;     ///< `urgency` when the answer is high, new, risen or not followed up; else `otherwise`
    Urgency urgency = Urgency::Unknown;
    Urgency otherwise = Urgency::Unknown;
    Category category = Category::None;
    Subject subject = Subject::Self;
    When time = When::None;
    std::string why;
    std::string source;
};

/// A suicide screener that is asked after a critical answer, and when it says more.
struct FollowUpScreener {
    std::string instrument;
    Condition positive_when;
    std::vector<std::string> positive_results;
    std::vector<std::string> offered_to; ///< bands of age
    bool says_stem = true;               ///< false: its first words are meant for whoever asks, not for the person
};

/// content/protocols/answers.json: how soon a human is needed after a questionnaire.
struct AnswerProtocol {
    struct Level {
        Urgency urgency = Urgency::Unknown;
        std::string source;
    };
    std::string version;
    int graded_today_at = 0;         ///< an answer this high is for today whatever went before
    int known_and_planned_days = 0;  ///< how long a clinician's dated note covers an unchanged lowest answer
    int follow_up_hours = 0;         ///< how long before a critical answer a follow-up screener still answers for it
    std::vector<FollowUpScreener> follow_up; ///< of two for one age the first is offered
    std::vector<AnswerLine> lines;
    std::map<FlagLevel, Level> levels; ///< for flags without a line of their own
    Urgency reliably_worse = Urgency::Soon;
    std::string reliably_worse_why;
    std::string reliably_worse_source;

    /// Null when that instrument is not asked as a follow-up.
    const FollowUpScreener* screener(const std::string& instrument) const
    {
        for (const auto& each : follow_up)
            if (each.instrument == instrument)
                return &each;
        return nullptr;
    }
};

} // namespace handrail
