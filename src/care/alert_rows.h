#pragma once

#include "care/alert.h"
#include "trust/record.h"

/// Alerts as rows: read whole, changed by name. Only care changes them; pages that show several nouns read them here.
namespace handrail::care {

Result<Alert> read_alert(trust::Reading& reading, AlertId id, bool with_path);
Result<std::optional<Alert>> read_open_alert(trust::Reading& reading, PersonId person);
Result<void> insert_alert(trust::Writing& writing, const Alert& alert);
/// Writes what may change: urgency, state, timer, names. The caller has read the alert in the same transaction.
Result<void> update_alert(trust::Writing& writing, const Alert& alert);
Result<void> add_step(trust::Writing& writing, const Alert& alert, std::string_view kind, AccountId by,
                      const std::string& text);

} // namespace handrail::care
