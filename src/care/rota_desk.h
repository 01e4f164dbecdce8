#pragma once

#include <vector>

#include "base/result.h"
#include "care/rota.h"
#include "domain/actor.h"
#include "trust/record.h"
#include "trust/setting_desk.h"

namespace handrail::care {

/// The rota as it stands in the store: what is over is left out.
/// @param time_zone  of the service
Result<Rota> read_rota(trust::Reading& reading, const std::string& time_zone);

/// Who is on call when, as leads and administrators set it; every change stands in the audit record in somebody's name.
class RotaDesk {
public:
    /// How far ahead gaps are looked for.
    static constexpr std::chrono::hours looks_ahead{6 * 7 * 24};

    explicit RotaDesk(trust::Record& record) : record_(record), settings_(record) {}

    /// Staff and System.
    Result<Rota> read(const Actor& actor) const;
    /// Of all teams that have a rota, in the next six weeks.
    struct TeamGaps {
        TeamId team;
        std::vector<Stretch> gaps;
    };
    static std::vector<TeamGaps> gaps_ahead(const Rota& rota, Instant now);

    // Lead or administrator. Invalid names the field in `where`.
    /// @param shift  its id is given here; `to` not after `from` means the next day
    Result<ShiftId> add(const Actor& actor, Shift shift) const;
    Result<void> remove(const Actor& actor, ShiftId shift) const;
    /// @param at  the day and the minutes of the service's own clock; `to` not after `from` means the next day
    struct NewOverride {
        TeamId team;
        AccountId account;
        Day day = 0;
        int from = 0, to = 0;
    };
    Result<OverrideId> add(const Actor& actor, const NewOverride& given) const;
    Result<void> remove(const Actor& actor, OverrideId override_id) const;
    Result<LeaveId> add(const Actor& actor, Leave leave) const;
    Result<void> remove(const Actor& actor, LeaveId leave) const;

private:
    trust::Record& record_;
    trust::SettingDesk settings_;
};

} // namespace handrail::care
