#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "domain/change_protocol.h"
#include "domain/instrument.h"

namespace handrail::monitoring {

/// What somebody is treated with, from which day on. Both may be true.
struct Treatment {
    std::chrono::sys_days started_on{};
    bool psychological = false;
    bool medication = false;
};

/// One filled-in form of one questionnaire.
struct TreatmentForm {
    std::chrono::sys_days on{};
    std::optional<double> total; ///< nothing when it was not complete
    std::optional<int> critical; ///< the critical item, whenever it was answered
};

/// Where a course of treatment stands.
struct TreatmentStanding {
    std::optional<double> baseline;
    std::optional<double> current;
    std::optional<double> change;       ///< current - baseline; nothing while the baseline is the newest total
    std::optional<double> percent_fall; ///< of the baseline; nothing from 0, or where higher is better
    std::vector<std::string> flags;     ///< in the order of the alphabet, each once

    bool has(std::string_view flag) const;
};

/// Follows one questionnaire through one treatment (care.md 4.2). Pure: forms in any order give the same answer, and what
/// is dated after `today` is not there yet.
///
/// The baseline is the last complete total from 28 days before treatment to its first day, else the first within 7 days
/// after; of two forms of one day the later entry counts. Only complete forms give totals; the critical item counts
/// whenever it was answered. Nothing here lowers an urgency.
TreatmentStanding stand(const std::vector<TreatmentForm>& forms, const Treatment& treatment,
                        std::chrono::sys_days today, const Instrument& instrument, const ChangeProtocol& protocol);

} // namespace handrail::monitoring
