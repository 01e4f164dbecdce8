#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/answer_protocol.h"
#include "domain/change_protocol.h"
#include "domain/finding.h"
#include "domain/instrument.h"
#include "monitoring/course.h"
#include "monitoring/scoring.h"

namespace handrail::monitoring {

/// What is known from before, as far as the rules ask for it.
struct QuestionnaireHistory {
    using FollowUp = monitoring::FollowUp;
    std::optional<int> previous_critical;   ///< the last answered grade of the critical item; nothing: never answered
    /// The same item by item, where that was kept. With several critical items an old yes would hide a new one.
    std::map<std::string, int> previous_critical_items;
    std::optional<double> previous_total; ///< of the instrument's main_score()
    /// What the course of this episode shows with this form in it, from its baseline on.
    std::vector<CourseFlag> course;
    std::string course_version; ///< of the protocol that found it
    FollowUp follow_up = FollowUp::NotAnswered;
    std::optional<Instant> known_and_planned_at; ///< a clinician's dated note that this answer is known, with a plan
    Instant now;
};

/// The highest answer to the instrument's critical items, which is what `previous_critical` remembers. Nothing when the
/// instrument has none or they were left open.
std::optional<int> critical_grade(const Instrument& instrument, const ScoringResult& result);
/// Each critical item that was answered, by id.
std::map<std::string, int> critical_answers(const Instrument& instrument, const ScoringResult& result);

/// Judges how soon a human is needed after a questionnaire, from its flags, answer by answer.
///
/// Pure. Works on incomplete and invalid forms alike. A total alone never calls for `now`, and a low one softens
/// nothing. Evidence holds the person's answers and is sealed with the finding.
Finding judge_questionnaire(const ScoringResult& result, const Instrument& instrument, const AnswerProtocol& protocol,
                            const QuestionnaireHistory& history);

/// How a filled-in follow-up screener (C-SSRS screener, ASQ) counts for QuestionnaireHistory::follow_up. A half form that
/// is not positive counts as not answered.
FollowUp follow_up_of(const Instrument& screener, const ScoringResult& result,
                                            const AnswerProtocol& protocol);

} // namespace handrail::monitoring
