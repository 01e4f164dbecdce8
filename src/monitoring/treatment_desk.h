#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "monitoring/treatment_course.h"
#include "trust/record.h"

/// What clinicians record so that a course can be judged: the treatment, and that a critical answer is known.
namespace handrail::monitoring {

/// A clinician's dated note that a critical answer of one questionnaire is known, with a plan. It covers an unchanged
/// lowest answer for the days of the protocol, never a higher or a new one, and closes no alert.
struct KnownAndPlanned {
    std::string instrument;
    Instant at;
    AccountId by;
    std::string text;
};

class TreatmentDesk {
public:
    explicit TreatmentDesk(trust::Record& record) : record_(record) {}

    /// Clinicians and leads. Nothing takes it back. Every version stays in the record, and the course follows the newest.
    Result<void> set_treatment(const Actor& actor, PersonId person, const std::optional<Treatment>& treatment) const;
    /// Invalid without words; Conflict when the person has not given such an answer.
    Result<void> note_known(const Actor& actor, PersonId person, const std::string& instrument,
                            const std::string& text) const;
    Result<void> withdraw_known(const Actor& actor, PersonId person, const std::string& instrument) const;

private:
    trust::Record& record_;
};

/// A treatment from its first to its last day.
struct TreatmentEpisode {
    Treatment treatment;            ///< as it was recorded last
    AccountId by;                   ///< who recorded it last
    std::optional<Instant> ended_at; ///< nothing: it goes on
};
/// The earliest first. What was corrected stands as corrected.
Result<std::vector<TreatmentEpisode>> read_treatments(trust::Reading& reading, PersonId person);

/// At most one an instrument: the newest.
Result<std::vector<KnownAndPlanned>> read_known_and_planned(trust::Reading& reading, PersonId person);

} // namespace handrail::monitoring
