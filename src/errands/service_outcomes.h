#pragma once

#include <optional>
#include <string>
#include <vector>

#include "errands/small_numbers.h"
#include "monitoring/answer_desk.h"
#include "trust/every_person.h"
#include "trust/record.h"

namespace handrail::errands {

/// A share of a group, and what one would expect of it from where its people began.
struct OutcomeShare {
    ToldCount told;
    /// Indirect standardisation: each of the group's people counts with the share that all people who began in the same
    /// band of the questionnaire reached. Nothing for the bands themselves, and where the group is not told.
    std::optional<double> expected;
};

/// One group of people on one measure.
struct OutcomeRow {
    std::string by;    ///< all, start, age_band, language, country
    std::string group; ///< "10 to 14", "18_25", "en"; empty for all
    OutcomeShare better;             ///< by the reliable change, of all with a first and a later total
    OutcomeShare worse;
    OutcomeShare recovered;          ///< of those who were a case at the beginning
    OutcomeShare reliably_recovered; ///< and reliably better
};

struct MeasureOutcomes {
    std::string instrument; ///< "together": depression and anxiety read together
    std::string title;
    std::vector<OutcomeRow> rows; ///< all first
};

/// Whether people met a human more often after an alert than before it: days on which a member of the team wrote to them
/// or reached them about an alert, in the four weeks before and after the first alert of somebody that is long enough ago.
struct HumanContacts {
    int days = 28;
    std::optional<int> people; ///< nothing: too few to tell
    double before = 0;         ///< days a person
    double after = 0;
};

struct ServiceOutcomesReport {
    Instant as_of;
    std::vector<MeasureOutcomes> measures;
    HumanContacts contacts;
};

/// How the people of a service do, in counts. Opens one sealed block a person as the service itself, hands out nobody's
/// figures, and hides what is small.
class ServiceOutcomes {
public:
    ServiceOutcomes(const trust::EveryPerson& people, trust::Record& record, const monitoring::Asking& asking)
        : people_(people), record_(record), asking_(asking)
    {
    }

    /// Leads only.
    Result<ServiceOutcomesReport> report(const Actor& lead) const;

private:
    const trust::EveryPerson& people_;
    trust::Record& record_;
    const monitoring::Asking& asking_;
};

} // namespace handrail::errands
