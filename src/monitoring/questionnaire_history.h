#pragma once

#include <optional>

#include "domain/answer_protocol.h"
#include "domain/change_protocol.h"
#include "monitoring/answer_judge.h"
#include "monitoring/course.h"
#include "monitoring/expected_course.h"

/// What a person's course says about the questionnaire that was just filled in, or about one that was filled in before.
namespace handrail::monitoring {

/// Where somebody stands on one questionnaire in this episode.
struct EpisodeStanding {
    TreatmentStanding standing;
    bool treated = false; ///< a clinician recorded the treatment; without it, the episode begins with its first form
    std::optional<Instant> baseline_at;
    std::optional<Instant> current_at;
    std::optional<ExpectedStanding> expected; ///< of the newest total, in treatment, for a measure with such a course
};

/// Nothing when there is no form of this instrument and version. Without a recorded treatment, or without a baseline of it,
/// the course is compared with the first complete form of the episode, and nothing is said about being on track.
std::optional<EpisodeStanding> episode_of(const Course& course, const Instrument& instrument,
                                          const ChangeProtocol& protocol, Instant now);

/// What the course remembers of a scored form.
CourseTotal course_total(const Instrument& instrument, const ScoringResult& result, const AnswerProtocol& protocol,
                         Instant at);

/// What was known before a form, and what the course shows with it.
///
/// A follow-up screener counts when it was answered in the last hours (AnswerProtocol::follow_up_hours): an older one says
/// nothing about today's answer. A positive one counts until a clinician's note covers it, for as long as a note may.
///
/// @param course without this form
/// @param known  a clinician's dated note that the critical answer is known, with a plan
QuestionnaireHistory history_of(const Course& course, const Instrument& instrument, const ScoringResult& result,
                                const AnswerProtocol& answers, const ChangeProtocol& change,
                                std::optional<Instant> known, Instant now);

} // namespace handrail::monitoring
