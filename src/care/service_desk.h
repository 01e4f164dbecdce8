#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "care/alert_desk.h"
#include "care/service.h"
#include "trust/account_desk.h"
#include "trust/setting_desk.h"
#include "trust/team_desk.h"

namespace handrail::care {

/// As it was saved last; which test pages were acknowledged is left out.
Result<Service> read_service(trust::Reading& reading, const trust::SettingDesk& settings);

/// The service's own settings: read by everything that tells people who reads and when; changed by administrators.
class ServiceDesk {
public:
    ServiceDesk(trust::Record& record, trust::SettingDesk& settings, AlertDesk& alerts)
        : record_(record), settings_(settings), alerts_(alerts)
    {
    }

    Result<Service> read(const Actor& actor) const;
    Result<Service> read(trust::Reading& reading) const;
    /// As it is, or, when the store does not answer, as this process read it last.
    /// @param away the store is known not to answer: it is not asked
    Result<Service> read_or_last(const Actor& actor, bool away) const;
    /// Changes names, hours, numbers. Conflict when someone else saved in between.
    Result<Service> save(const Actor& administrator, const Service& service) const;
    Result<void> accept_line(const Actor& administrator, const AcceptedLine& line) const;
    Result<void> withdraw_line(const Actor& administrator, const std::string& line) const;
    /// Any member of staff signs in their own name, once a version.
    Result<void> sign(const Actor& staff, const std::string& language, const std::string& version) const;
    Result<AlertId> send_test_page(const Actor& administrator, AccountId to) const;

private:
    Result<void> change(const Actor& actor, const std::string& deed,
                        const std::function<Result<void>(Service&, trust::Writing&)>& how) const;

    trust::Record& record_;
    trust::SettingDesk& settings_;
    AlertDesk& alerts_;
    mutable std::mutex mutex_; ///< guards last_
    mutable std::map<OrganisationId, Service> last_;
};

/// Counted anew each time: accounts are suspended and teams change.
Result<StaffThere> staff_there(const Actor& actor, const trust::AccountDesk& accounts, const trust::TeamDesk& teams);

} // namespace handrail::care
