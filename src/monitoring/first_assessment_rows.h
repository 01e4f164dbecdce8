#pragma once

#include <optional>
#include <string>
#include <vector>

#include "monitoring/first_assessment.h"
#include "trust/record.h"

/// First assessments as rows: one a person, changed until it is sent.
namespace handrail::monitoring {

using AssessmentId = Id<struct FirstAssessmentNoun>;

struct KeptAssessment {
    enum class State { Begun, Sent, Read };
    /// An answer that a rule held for and that was changed afterwards: it was said.
    struct Before {
        AnsweredQuestion answered;
        Instant at;
    };

    AssessmentId id;
    PersonId person;
    std::string form; ///< the version of the form it was begun with
    int version = 0;  ///< counts changes, from 1
    State state = State::Begun;
    Instant begun_at;
    Instant changed_at;
    std::optional<Instant> sent_at;
    std::optional<Instant> due_at;  ///< by when it is to be read; none before it is sent and after it was read
    std::optional<Instant> told_at; ///< when the leads were told that nobody had read it in time
    AccountId reader;               ///< whose it is to read; empty: the lead names somebody
    std::optional<Instant> read_at;
    AccountId read_by;

    std::string language; ///< in which it was answered last
    std::string age_band;
    std::vector<AnsweredQuestion> answered; ///< in the order in which they were answered first
    std::vector<Before> before;
    std::string note; ///< of whoever read it
};
std::string_view name(KeptAssessment::State state);

Result<std::optional<KeptAssessment>> read_assessment(trust::Reading& reading, PersonId person);
Result<void> write_assessment(trust::Writing& writing, const KeptAssessment& kept);

/// One that was sent and nobody has read. Nothing of it is opened.
struct UnreadAssessment {
    PersonId person;
    TeamId team;
    Instant sent_at;
    Instant due_at;
    std::optional<Instant> told_at;
    AccountId reader;
};
/// All of the service's, what is due first first.
Result<std::vector<UnreadAssessment>> unread_assessments(trust::Reading& reading);
/// Those of the account's teams.
Result<std::vector<UnreadAssessment>> unread_assessments(trust::Reading& reading, AccountId of_team_member);
/// That the leads were told. False when that was done already, or it was read.
Result<bool> mark_told(trust::Writing& writing, PersonId person);
/// Whose it is to read. False when none waits to be read.
Result<bool> set_reader(trust::Writing& writing, PersonId person, AccountId reader);
/// Whether this account is an active clinician of the person's team.
Result<bool> reads_for(trust::Reading& reading, PersonId person, AccountId account);
/// Who is named as the person's clinician; empty: nobody.
Result<AccountId> clinician_of(trust::Reading& reading, PersonId person);

} // namespace handrail::monitoring
