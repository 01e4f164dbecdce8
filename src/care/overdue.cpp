#include "care/overdue.h"

namespace handrail::care {

Result<int> tell_overdue(trust::Record& record, const AlertDesk& alerts, const Actor& system, const Overdue& overdue)
{
    if (system.role() != Role::System)
        return not_allowed("Only the service itself does this.");
    int late = 0;
    // Read first, so that an hour with none costs no commit.
    TRY(record.read(system, [&](trust::Reading& reading) -> Result<void> {
        late = TRY(overdue.late(reading));
        return {};
    }));
    if (late == 0)
        return 0;
    TRY(record.write(system, [&](trust::Writing& writing) -> Result<void> {
        late = TRY(overdue.mark(writing)); // another node may have been first
        if (late == 0)
            return {};
        TRY(alerts.raise_about_service(writing, overdue.words(late)));
        writing.note({overdue.deed, std::nullopt, overdue.noun, {}, {}, {}});
        return {};
    }));
    return late;
}

} // namespace handrail::care
