#pragma once

#include "care/alert_desk.h"
#include "trust/setting_desk.h"

namespace handrail::care {

/// Tells the leads of times ahead at which somebody was to be on call and nobody is, so that nobody has to open the rota to
/// learn of them.
class RotaGaps {
public:
    RotaGaps(trust::Record& record, const AlertDesk& alerts) : record_(record), alerts_(alerts), settings_(record) {}

    /// Once a day of the service, in hours in which staff read, while there is a gap in the next days (AlertPolicy::gap_days)
    /// and nobody has yet to acknowledge the last time. System only. Gives how many gaps were told of.
    Result<int> tell_ahead(const Actor& system) const;

private:
    struct Told;
    Result<Told> last_told(trust::Reading& reading) const;
    Result<int> to_tell(trust::Reading& reading, std::string& words) const;

    trust::Record& record_;
    const AlertDesk& alerts_;
    trust::SettingDesk settings_;
};

} // namespace handrail::care
