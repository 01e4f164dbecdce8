#pragma once

#include <optional>

#include "base/clock.h"
#include "domain/answer_protocol.h"
#include "domain/finding.h"
#include "domain/instrument.h"
#include "monitoring/scoring.h"

namespace handrail::monitoring {

/// What is known from before, as far as the rules ask for it.
struct QuestionnaireHistory {
    /// How the suicide screener asked after a critical answer went.
    enum class FollowUp {
        NotAnswered,
        NothingFurther,
        Positive, ///< yes to active thoughts or more, by the protocol
    };
    std::optional<int> previous_critical;   ///< the last answered grade of the critical item; nothing: never answered
    std::optional<double> previous_total; ///< of the instrument's main_score()
    FollowUp follow_up = FollowUp::NotAnswered;
    std::optional<Instant> known_and_planned_at; ///< a clinician's dated note that this answer is known, with a plan
    Instant now;
};

/// The highest answer to the instrument's critical items, which is what `previous_critical` remembers. Nothing when the
/// instrument has none or they were left open.
std::optional<int> critical_grade(const Instrument& instrument, const ScoringResult& result);

/// Judges how soon a human is needed after a questionnaire, from its flags, answer by answer.
///
/// Pure. Works on incomplete and invalid forms alike. A total alone never calls for `now`, and a low one softens
/// nothing. Evidence holds the person's answers and is sealed with the finding.
Finding judge_questionnaire(const ScoringResult& result, const Instrument& instrument, const AnswerProtocol& protocol,
                            const QuestionnaireHistory& history);

/// How a filled-in follow-up screener (C-SSRS screener, ASQ) counts for QuestionnaireHistory::follow_up. A half form that
/// is not positive counts as not answered.
QuestionnaireHistory::FollowUp follow_up_of(const Instrument& screener, const ScoringResult& result,
                                            const AnswerProtocol& protocol);

} // namespace handrail::monitoring
