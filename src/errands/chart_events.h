#pragma once

#include <optional>
#include <string>
#include <vector>

#include "monitoring/treatment_desk.h"
#include "trust/account_desk.h"
#include "trust/record.h"

namespace handrail::errands {

/// What stands on the lane under the totals: not every message, but what may explain a course.
struct ChartEvent {
    enum class Kind { Alert, Contact, Note, TreatmentBegun, TreatmentEnded, Life, Medicine, Appointment, Known, Review };
    Instant at;
    Kind kind = Kind::Note;
    std::string text;                  ///< of alerts without the person's words; of people's own notes theirs
    std::optional<Urgency> urgency;    ///< of an alert
    std::string by;                    ///< the human who did or wrote it; empty: Handrail, or an account that is gone
    std::int64_t number = 0;           ///< of a noted event, by which it is taken back
    bool missed = false;               ///< an appointment that did not take place
};
/// alert, contact, note, treatment_begun, treatment_ended, life, medicine, appointment, known_and_planned, review
std::string_view name(ChartEvent::Kind kind);

/// Since `since`, the earliest first.
Result<std::vector<ChartEvent>> chart_events(trust::Reading& reading, const trust::AccountDesk& accounts, PersonId person,
                                             Instant since);

} // namespace handrail::errands
