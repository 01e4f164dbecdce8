#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "care/alert_desk.h"
#include "trust/record.h"

namespace handrail::care {

/// What somebody was to do by a time: the leads are told once of each that was not done.
struct Overdue {
    /// How many are late, and of these none was told of.
    std::function<Result<int>(trust::Reading&)> late;
    /// Marks these as told; how many it were. A second time marks none.
    std::function<Result<int>(trust::Writing&)> mark;
    /// One sentence about so many; names nobody.
    std::function<std::string(int)> words;
    std::string_view deed; ///< for the audit book: "escalate.list_entries"
    std::string_view noun; ///< of it: "finding"
};

/// Tells leads and administrators of all that is late by one page about the service. System only. Gives how many.
Result<int> tell_overdue(trust::Record& record, const AlertDesk& alerts, const Actor& system, const Overdue& overdue);

} // namespace handrail::care
