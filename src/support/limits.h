#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "trust/record.h"

namespace handrail::support {

/// What the operator sets for sittings and ages, and where the law draws a line (safety.md E2, E4, F1, L). None of it holds in danger.
struct Limits {
    std::chrono::minutes rest_after{0};   ///< a break is suggested each time; 0: only with the reminders of A3
    std::chrono::minutes sitting{0};      ///< the longest sitting; 0: none
    bool names_reliance = true;           ///< whether heavy use is named (E2)
    /// What someone gets who says in the chat that they are younger than the service's least age band: a chat that is
    /// safe for children, or who answers children.
    enum class UnderAge { ChildSafe, Helpline } under_age = UnderAge::ChildSafe;
    /// Where an AI may inform and help people to help themselves, and no more: no feeling is read or named, no step is chosen by
    /// one, and no language model words a reply. Words for danger stay as they are.
    bool information_only = false;
    std::string least_age_band;           ///< the service's own; empty: none. Kept with the service, not here

    bool operator==(const Limits&) const = default;
};

/// As the operator set them last; the defaults until then.
Result<Limits> read_limits(trust::Record& record, trust::Reading& reading);
/// Administrator. Invalid for a sitting shorter than ten minutes or a rest sooner than that.
Result<Limits> save_limits(trust::Record& record, const Actor& administrator, const Limits& limits);
Result<Limits> limits_of(trust::Record& record, const Actor& administrator);

} // namespace handrail::support
