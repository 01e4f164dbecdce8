#pragma once

#include <vector>

#include "care/alert.h"
#include "care/delivery.h"
#include "domain/alert_policy.h"
#include "trust/record.h"
#include "trust/setting_desk.h"

namespace handrail::care {

/// Who is told of an alert beside the page, and by what: content/protocols/alerts.json. The care team at first, with whoever is
/// on call; out of hours whoever is on call alone; the lead when it goes up, or at once when nobody is on duty; later the administrator too. No hour and no setting keeps one back.
class Telling {
public:
    /// @param channels  those that this service has set up; none: only the page
    Telling(trust::Record& record, std::vector<Channel> channels, AlertPolicy policy)
        : settings_(record), channels_(std::move(channels)), policy_(std::move(policy))
    {
    }

    /// Writes what is to go out about an alert as it stands now, in the transaction that raised it or took it up.
    /// @param anew  there is something new to know: the team is told again, however far the alert has gone up
    Result<void> tell(trust::Writing& writing, const Alert& alert, bool anew) const;

    const std::vector<Channel>& channels() const { return channels_; }

private:
    bool takes(const Alert& alert, Channel channel) const;
    Result<std::vector<AccountId>> who(trust::Reading& reading, const Alert& alert, bool anew) const;

    trust::SettingDesk settings_;
    std::vector<Channel> channels_;
    AlertPolicy policy_;
};

} // namespace handrail::care
