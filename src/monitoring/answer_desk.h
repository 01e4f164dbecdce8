#pragma once

#include <optional>
#include <string>
#include <vector>

#include "care/heard.h"
#include "content/instruments.h"
#include "domain/answer_protocol.h"
#include "domain/asking_protocol.h"
#include "domain/change_protocol.h"
#include "domain/check_in.h"
#include "domain/next_steps.h"
#include "domain/progress_protocol.h"
#include "monitoring/answer_judge.h"
#include "monitoring/answer_rows.h"
#include "monitoring/ask_rows.h"
#include "monitoring/daily_form.h"
#include "monitoring/progress.h"
#include "monitoring/scoring.h"
#include "nlp/screener.h"
#include "trust/consent_desk.h"

namespace handrail::monitoring {

/// What a service asks with: read once from content, never changed while running.
struct Asking {
    CheckInForm daily;
    content::Instruments instruments;
    AnswerProtocol protocol;
    ProgressProtocol progress;
    ChangeProtocol change;
    AskingProtocol asks = {};
    NextSteps next_steps = {}; ///< of whoever answers an alert
};

struct SavedCheckIn {
    AnswerId id;
    Instant saved_at;
    bool again = false; ///< had arrived before; nothing was done twice
    Urgency urgency = Urgency::Usual;
    care::Help help;
};

struct SavedQuestionnaire {
    AnswerId id;
    Instant saved_at;
    ScoringResult result;
    Urgency urgency = Urgency::Usual;
    care::Help help;
    const FollowUpScreener* follow_up = nullptr; ///< offered now, after a critical answer; null: none
};

/// Check-ins and questionnaires: durable, scored, judged, and the alert raised, in one transaction.
class AnswerDesk {
public:
    AnswerDesk(trust::Record& record, const care::Listening& listening, const trust::ConsentDesk& consents,
               const nlp::Screener& screener, const Asking& asking)
        : record_(record), listening_(listening), consents_(consents), screener_(screener), asking_(asking)
    {
    }

    struct CheckIn {
        GivenCheckIn answers;
        std::string version;
        std::optional<Instant> answered_at; ///< offline answers; not in the future, not older than 30 days
        std::string client_id;
        std::optional<AskId> only = {}; ///< the one ask that it answers; NotFound when that one is over
        std::string form = {};          ///< of a check-in that the service designed; empty: the daily one
    };
    /// A designed one may be of an earlier version, the one that was on the screen; it is kept under that version. Invalid with one JSON pointer a line in `where`; NotAllowed ("consent") when the person keeps no record.
    Result<SavedCheckIn> save_check_in(const Actor& person, const CheckIn& check_in) const;

    struct Questionnaire {
        std::string instrument;
        std::string version;
        std::string language;
        GivenAnswers answers;
        std::vector<std::string> refused;
        bool partial = false; ///< a critical item was answered and the form goes on: judged at once, scored at the end
        std::optional<AskId> only = {};
    };
    Result<SavedQuestionnaire> save_questionnaire(const Actor& person, const Questionnaire& questionnaire) const;

    /// What they call for by themselves, without the store and without what was answered before.
    Finding judged(const CheckIn& check_in) const;
    Finding judged(const Questionnaire& questionnaire) const;

    Result<std::vector<KeptAnswer>> check_ins(const Actor& actor, PersonId person, std::optional<Instant> from,
                                              std::optional<Instant> before, int most) const;
    Result<Course> course(const Actor& actor, PersonId person) const;
    /// The same with what stands only in answers, for telling the person what helps.
    struct Own {
        Course course;
        std::vector<Did> did;
        ScaleNames scales; ///< in the person's language, where a design has it
    };
    Result<Own> own_course(const Actor& person) const;

    const Asking& asking() const { return asking_; }

private:
    struct Shown;
    Result<Shown> shown_form(const Actor& person, const CheckIn& given) const;
    Result<void> keep_in_course(trust::Writing& writing, const Shown& shown, const CheckInAnswers& answers,
                                const KeptAnswer& kept) const;

    trust::Record& record_;
    const care::Listening& listening_;
    const trust::ConsentDesk& consents_;
    const nlp::Screener& screener_;
    const Asking& asking_;
};

} // namespace handrail::monitoring
