#pragma once

#include "care/alert.h"
#include "trust/record.h"

/// Alerts as rows: read whole, changed by name. Only care changes them; pages that show several nouns read them here.
namespace handrail::care {

Result<Alert> read_alert(trust::Reading& reading, AlertId id, bool with_path);
Result<std::optional<Alert>> read_open_alert(trust::Reading& reading, PersonId person);
Result<bool> has_open_alert(trust::Reading& reading, PersonId person);
Result<void> insert_alert(trust::Writing& writing, const Alert& alert);
/// Writes what may change: urgency, state, timer, names. The caller has read the alert in the same transaction.
Result<void> update_alert(trust::Writing& writing, const Alert& alert);
Result<void> add_step(trust::Writing& writing, const Alert& alert, std::string_view kind, AccountId by,
                      const std::string& text);
/// `step.at` is not read: it happens now.
Result<void> add_step(trust::Writing& writing, const Alert& alert, const AlertStep& step);

/// An alert that one closed oneself, without opening a word of it: closing may have ended what one may read.
struct ClosedByOne {
    AlertId id;
    PersonId person;
    Urgency urgency = Urgency::Unknown;
    Instant closed_at;
    bool alone = false; ///< nobody had to agree
};
/// None when it is not closed, or this account neither recorded its outcome nor closed it, or no person is behind it.
Result<std::optional<ClosedByOne>> closed_by(trust::Reading& reading, AlertId alert, AccountId account);
/// Acknowledged again, by whom it was; its last outcome and its closing count no longer, and stand on the path as what was
/// taken back.
Result<void> open_again(trust::Writing& writing, const ClosedByOne& closed, Instant due_at);

} // namespace handrail::care
