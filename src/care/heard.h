#pragma once

#include <optional>
#include <string>

#include "care/alert_desk.h"
#include "care/help.h"
#include "care/service_desk.h"
#include "domain/finding.h"
#include "trust/record.h"

namespace handrail::care {

/// What is in clear about a person when something of theirs arrives.
struct PersonState {
    TeamId team;
    std::string state; ///< active, erasing
    std::string language;
    std::string country;
    std::string age_band;
};
Result<PersonState> read_person_state(trust::Reading& reading, PersonId person);

/// What a person sent, once it has been screened or scored.
struct Heard {
    PersonId person;
    std::string about;           ///< message, check_in, questionnaire, course
    RawId about_id;
    ConversationId conversation; ///< empty for answers
    Finding finding;
    bool person_waiting = false;
    FindingId id = {};           ///< of the finding; empty: a fresh one
};
/// What follows from it.
struct Followed {
    FindingId finding; ///< empty when there was nothing to keep
    AlertId alert;     ///< empty when none was called for
    Help help;         ///< words for the person; empty when none are called for
};

/// The one way from a finding to a human: keeps it, raises the alert or puts it on the list in the same transaction,
/// and says what the person is told. Messages and answers both come through here.
class Listening {
public:
    Listening(const AlertDesk& alerts, const ServiceDesk& service, const HelpWriter& help)
        : alerts_(alerts), service_(service), help_(help)
    {
    }
    /// @param with_help  ask for the fixed words (an answer); a conversation words its own reply and says it in `told`
    Result<Followed> follow(trust::Writing& writing, const Heard& heard, const PersonState& person,
                            const std::optional<Help>& told) const;

    /// The fixed words for somebody close who wrote about the person: as a helper's (safety.md C13), unless they write of
    /// themselves. Nothing of the person's: no word of their team, of an alert, or of what was known before.
    /// @param language  of whoever wrote
    Result<Help> help_for_somebody_close(trust::Reading& reading, const Finding& finding, const PersonState& person,
                                         const std::string& language) const;

private:
    Result<void> list(trust::Writing& writing, const Heard& heard, FindingId finding) const;
    Result<HelpSituation> situation(trust::Reading& reading, const Finding& finding, const PersonState& person) const;

    const AlertDesk& alerts_;
    const ServiceDesk& service_;
    const HelpWriter& help_;
};

/// Remembers when something was last heard from a person; never moves it back.
Result<void> mark_heard(trust::Writing& writing, PersonId person, Instant at);

} // namespace handrail::care
