#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/heard.h"
#include "care/service_desk.h"
#include "monitoring/answer_desk.h"
#include "monitoring/design_rows.h"
#include "monitoring/informant_rows.h"
#include "nlp/screener.h"
#include "trust/consent_desk.h"

namespace handrail::monitoring {

/// Somebody close whom a person lets be asked how things look from outside: named by the person alone, asked what a clinician
/// of the team chooses, by a link without an account. They see nothing of the person: no message, no alert, no answer, not
/// whether there is any. What they write is the team's to read, and danger in it calls a human like the person's own words.
class InformantDesk {
public:
    InformantDesk(trust::Record& record, const care::Listening& listening, const care::ServiceDesk& service,
                  const trust::ConsentDesk& consents, const nlp::Screener& screener, const Asking& asking, QuietHours quiet = {},
                  bool letters = true)
        : record_(record), listening_(listening), service_(service), consents_(consents), screener_(screener), asking_(asking),
          quiet_(quiet), letters_(letters)
    {
    }

    // The person.
    struct Naming {
        std::string relation; ///< partner, parent, friend, other
        std::string called;
        std::string mail; ///< a sound address
        std::string language;
        std::string wording; ///< id of the text that was shown
    };
    /// Only the person themselves. Conflict when there are as many as may be; NotAllowed ("consent") while they keep no record
    /// or the team may not read.
    Result<KeptInformant> name(const Actor& person, const Naming& naming) const;
    /// Ends it, whoever asks nothing why: the address is gone, no letter goes, an open link opens nothing. What was answered
    /// stays. NotFound when it is over already.
    Result<void> withdraw(const Actor& person, InformantId id) const;
    struct Own {
        KeptInformant informant;
        bool waits = false;             ///< for a clinician to record that the person understands what they agree to
        std::vector<Instant> answered;  ///< when, not what; the newest first
    };
    Result<std::vector<Own>> own(const Actor& person) const;

    // The team.
    struct Answered {
        KeptInformantAnswer answer;
        KeptDesign design;
    };
    struct Seen {
        std::vector<Own> informants;
        std::vector<KeptInformantAsk> asks;  ///< the last 30
        std::vector<Answered> answers;       ///< the newest first
        std::optional<Instant> abuse_found;  ///< the last finding of abuse within the time in which no letter goes
    };
    /// Whoever may read the person's words.
    Result<Seen> seen(const Actor& staff, PersonId person) const;
    /// Whether a finding of abuse keeps letters to this one back.
    static bool held(const KeptInformant& informant, std::optional<Instant> abuse_found);

    /// A clinician of the team, all four. Invalid with a JSON pointer; Conflict while the person does not agree (any more).
    Result<KeptInformant> plan(const Actor& clinician, PersonId person, InformantId id, const InformantPlan& plan) const;
    Result<void> stop(const Actor& clinician, PersonId person, InformantId id) const;
    Result<void> note_understood(const Actor& clinician, PersonId person, InformantId id, const std::string& note) const;
    /// They may be asked although abuse was found until now; a finding after it holds letters back again.
    Result<void> release(const Actor& clinician, PersonId person, InformantId id, const std::string& reason) const;

    // Time.
    struct Tally {
        int asked = 0;
        int passed = 0; ///< due, and not to be asked now
        int missed = 0; ///< nothing follows from it
    };
    /// Makes what is due and ends what nobody answered. System only.
    Result<Tally> round(const Actor& system) const;
    /// Whether they may be written to now: the person agrees, nothing is paused, whoever has to record something did, and no
    /// finding of abuse holds it back.
    Result<bool> may_be_asked(trust::Reading& reading, const KeptInformant& informant) const;

    // Whoever holds a link.
    struct Opened {
        KeptInformantAsk ask;
        KeptDesign design;
        std::string language;
        std::string called; ///< may be empty
    };
    /// NotFound, in the same words, whether it was never made, has ended, or was answered.
    Result<Opened> open(OrganisationId organisation, const std::string& token) const;
    struct Given {
        std::string token;
        GivenCheckIn answers;
    };
    struct Saved {
        Instant saved_at;
        Urgency urgency = Urgency::Usual;
        care::Help help;          ///< empty when none is called for
        bool team_called = false; ///< by these words; whether it had been before is not told
    };
    /// Once. Invalid with one JSON pointer a line in `where`.
    Result<Saved> answer(OrganisationId organisation, const Given& given) const;
    /// Ends it for good: nobody writes to them about this person again.
    Result<void> decline(OrganisationId organisation, const std::string& token) const;
    /// What the words call for by themselves, without the store.
    Finding judged(const GivenCheckIn& answers) const;

    const Asking& asking() const { return asking_; }
    QuietHours quiet() const { return quiet_; }
    bool letters() const { return letters_; }

private:
    Result<Own> own(trust::Reading& reading, KeptInformant informant, const std::vector<InformantAnswered>& answered) const;
    Result<bool> needs_competence(trust::Reading& reading, PersonId person) const;
    Result<std::optional<Instant>> abuse_found(trust::Reading& reading, PersonId person) const;
    Result<bool> agrees(trust::Reading& reading, PersonId person) const;
    Result<Opened> opened(trust::Reading& reading, const std::string& token) const;
    Result<void> ask(const Actor& system, const DueInformant& due, Tally& tally) const;

    trust::Record& record_;
    const care::Listening& listening_;
    const care::ServiceDesk& service_;
    const trust::ConsentDesk& consents_;
    const nlp::Screener& screener_;
    const Asking& asking_;
    QuietHours quiet_;
    bool letters_;
};

} // namespace handrail::monitoring
