#pragma once

#include <optional>
#include <string>
#include <vector>

#include "care/findings.h"
#include "care/heard.h"
#include "content/instruments.h"
#include "domain/first_assessment.h"
#include "monitoring/first_assessment_rows.h"
#include "nlp/screener.h"
#include "trust/consent_desk.h"

namespace handrail::monitoring {

/// The first assessment: a short form at the start that ends in one page for a named clinician. Each answer is durable,
/// screened and judged in one transaction; what is in danger reaches a human by the same way as a message. No diagnosis.
class FirstAssessmentDesk {
public:
    FirstAssessmentDesk(trust::Record& record, const care::Listening& listening, const care::AlertDesk& alerts,
                        const care::ServiceDesk& service, const trust::ConsentDesk& consents, const nlp::Screener& screener,
                        const FirstAssessment& form, const content::Instruments& instruments)
        : record_(record), listening_(listening), alerts_(alerts), service_(service), consents_(consents),
          screener_(screener), form_(form), instruments_(instruments)
    {
    }

    /// What the service decides about it.
    struct Settings {
        bool on = false;          ///< whether people are asked at all
        int read_within_days = 0; ///< working days
        bool operator==(const Settings&) const = default;
    };
    Result<Settings> settings(const Actor& staff) const;
    /// Administrators. Whoever has begun one goes on when it is switched off.
    Result<void> save_settings(const Actor& administrator, const Settings& settings) const;

    /// A questionnaire that fits what was answered.
    struct Fitting {
        const FirstAssessment::Fit* fit = nullptr;
        std::optional<Instant> answered_at; ///< at most `answered_lately_days` before the assessment was begun, or since
        std::string score;                  ///< "14 of 27"; empty: none could be worked out
        std::string band;                   ///< as its publisher calls it
        bool may_be_shown = false;          ///< its words are here in the person's language, and it is for their age
    };
    /// One's own.
    struct Own {
        Settings settings;
        std::optional<KeptAssessment> kept; ///< none: not begun
        CheckInAnswers answers;
        bool staff_may_read = false;        ///< without it the page cannot go out
        std::vector<Fitting> fitting;
    };
    Result<Own> own(const Actor& person) const;

    struct Given {
        std::string question;
        GivenCheckInAnswer answer; ///< nothing: takes the answer back
        std::string form;          ///< the version of the form that was on the screen
        std::string language;
        std::optional<int> seen;   ///< the version of the page that was on the screen; none: whatever it is
    };
    struct Saved {
        int version = 0;
        bool changed_elsewhere = false; ///< another device answered it in between: this answer is screened, and not kept
        Urgency urgency = Urgency::Usual;
        care::Help help;
    };
    /// Conflict when the form on the screen is another version, the page was sent, or the service does not ask. NotAllowed
    /// ("consent") when the person keeps no record.
    Result<Saved> answer(const Actor& person, const Given& given) const;
    /// What it calls for by itself, without the store.
    Finding judged(const Given& given) const;

    /// Sends the page to whoever reads it. Conflict when another device changed it since `version`; Invalid names the
    /// question that has to be answered; NotAllowed ("staff-reading") while the team may not read.
    Result<Own> send(const Actor& person, int version) const;

    /// The page, for whoever may read the person's words.
    struct Summary {
        KeptAssessment kept;
        std::vector<const FirstAssessment::Question*> left_open; ///< asked, and not answered
        std::vector<Fitting> fitting;
        std::vector<care::KeptFinding> findings; ///< what the rules and the screening concluded, newest first
    };
    /// None while there is nothing that was sent: what is being written is nobody's to read.
    Result<std::optional<Summary>> summary(const Actor& actor, PersonId person) const;
    /// Read, with what follows from it. Conflict when it was read already.
    Result<void> mark_read(const Actor& actor, PersonId person, const std::string& note) const;
    /// Whose it is to read: an active clinician of the person's team. Leads, and clinicians of that team.
    Result<void> name_reader(const Actor& actor, PersonId person, AccountId reader) const;
    /// Sent and not read: of one's own teams; a lead sees all, without names and words.
    Result<std::vector<UnreadAssessment>> unread(const Actor& actor) const;
    /// Tells the leads of those that nobody read in time, once. Gives how many.
    Result<int> tell_overdue(const Actor& system) const;

    const FirstAssessment& form() const { return form_; }
    const content::Instruments& instruments() const { return instruments_; }

private:
    Result<Settings> settings(trust::Reading& reading) const;
    Result<Own> own(trust::Reading& reading, PersonId person) const;
    Result<std::vector<Fitting>> fitting(trust::Reading& reading, const KeptAssessment& kept) const;

    trust::Record& record_;
    const care::Listening& listening_;
    const care::AlertDesk& alerts_;
    const care::ServiceDesk& service_;
    const trust::ConsentDesk& consents_;
    const nlp::Screener& screener_;
    const FirstAssessment& form_;
    const content::Instruments& instruments_;
};

} // namespace handrail::monitoring
