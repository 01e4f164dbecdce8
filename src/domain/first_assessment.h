#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/check_in.h"
#include "domain/figure.h"
#include "domain/instrument.h"
#include "domain/urgency.h"

namespace handrail {

/// content/first_assessment/form.json: what somebody is asked at the start, and how soon each answer asks for a human. There is
/// no total and no diagnosis in it.
struct FirstAssessment {
    struct Question {
        CheckInGroup asks;
        std::string section;                 ///< where its answer stands on the page: reason, since, effect …
        std::optional<Condition> asked_when; ///< over `items`; none: always
        bool needed = false;                 ///< has to be answered before the page goes out; "rather not say" is an answer
    };
    /// How soon a human is needed once the condition holds.
    struct Rule {
        std::string id;
        Condition when; ///< over `items`, and "minor"
        Urgency urgency = Urgency::Unknown;
        Category category = Category::None;
        Subject subject = Subject::Self;
        When time = When::None;
        std::string why; ///< one sentence for a clinician, without the person's words
        std::string source;
        FigureMark mark = FigureMark::House;
    };
    /// A questionnaire that fits what was answered.
    struct Fit {
        std::string instrument;
        Condition when;
        std::string why;
        std::string source;
    };

    std::string id;
    std::string version;
    LocalText about;
    std::vector<Question> questions;
    Instrument items; ///< what conditions look at: each question with one choice, and each tick as question.choice
    std::vector<Rule> rules;
    std::vector<Fit> fits;
    int read_within_days = 0;   ///< working days, unless the service sets others
    int answered_lately_days = 0; ///< a questionnaire answered in these days is not offered again

    const Question* question(std::string_view wanted) const
    {
        const auto found =
            std::find_if(questions.begin(), questions.end(), [&](const auto& each) { return each.asks.id == wanted; });
        return found == questions.end() ? nullptr : &*found;
    }
};

} // namespace handrail
