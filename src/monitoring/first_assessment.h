#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "domain/check_in.h"
#include "domain/finding.h"
#include "domain/first_assessment.h"
#include "monitoring/daily_form.h"

/// The first assessment without a store: what is asked, what an answer calls for, and the page that comes of it. Pure. It
/// concludes how soon a human is needed and nothing else.
namespace handrail::monitoring {

/// What its questions look like to whoever checks answers.
CheckInForm form_of(const FirstAssessment& form);

/// Whether a question is asked, given the answers so far. The page decides by the same conditions.
bool is_asked(const FirstAssessment& form, const FirstAssessment::Question& question, const CheckInAnswers& answers);
/// The rules that hold. An answer to a question that is not asked any more meets nothing.
std::vector<const FirstAssessment::Rule*> holding(const FirstAssessment& form, const CheckInAnswers& answers, bool minor);
/// Those that hold now and did not before; usual, without evidence, when there are none.
Finding judge_first(const FirstAssessment& form, const CheckInAnswers& before, const CheckInAnswers& after, bool minor);
/// The questionnaires that fit what was answered.
std::vector<const FirstAssessment::Fit*> fitting(const FirstAssessment& form, const CheckInAnswers& answers);
/// The first question that has to be answered and was not; null when the page can go out.
const FirstAssessment::Question* still_needed(const FirstAssessment& form, const CheckInAnswers& answers);

bool is_minor(std::string_view age_band);
/// Whether an instrument is for the whole of an age band; nobody's age is guessed.
bool is_for(const Instrument& instrument, std::string_view age_band);

/// One question with its answer, as it is kept: in the words of its day, so that the page stays what it was when the form is
/// written anew.
struct AnsweredQuestion {
    std::string question;
    std::string section;
    std::string asked;         ///< in the person's language
    std::string said;          ///< likewise; free text as they wrote it
    std::string asked_english; ///< for staff
    std::string said_english;  ///< empty for free text
    std::vector<std::string> values; ///< what was chosen; empty for free text
    int changed = 0;           ///< the version of the page with which it was given
    bool words = false;        ///< free text, to be quoted
};
AnsweredQuestion answered_question(const FirstAssessment::Question& question, const CheckInAnswers& answers,
                                   const std::string& language, int version);
Fields encoded(const AnsweredQuestion& answered);
AnsweredQuestion answered_question_in(const Fields& body);
/// The answers as rules read them; what the form does not ask any more is left out.
CheckInAnswers answers_in(const FirstAssessment& form, const std::vector<AnsweredQuestion>& answered);
/// Whether both say the same to that question.
bool same_answer(const CheckInAnswers& one, const CheckInAnswers& other, std::string_view question);

} // namespace handrail::monitoring
