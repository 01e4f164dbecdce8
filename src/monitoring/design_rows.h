#pragma once

#include <optional>
#include <vector>

#include "monitoring/check_in_design.h"
#include "trust/record.h"

/// Check-ins that a service designed, as rows: every version stays, because answers were given to it.
namespace handrail::monitoring {

struct KeptDesign {
    DesignId id;
    int version = 1;
    bool newest = true;
    Instant made_at;
    AccountId by;
    std::optional<Instant> retired_at; ///< of the design, whichever version
    CheckInDesign design;

    std::string form() const { return form_name(id); }
};

Result<void> insert_design(trust::Writing& writing, const KeptDesign& kept);
/// False when it was not the newest, or is retired.
Result<bool> make_earlier(trust::Writing& writing, DesignId id, int version);
/// False when there is none, or it is retired already.
Result<bool> retire_design(trust::Writing& writing, DesignId id);

/// The newest version; nothing when there is no such design.
Result<std::optional<KeptDesign>> read_design(trust::Reading& reading, DesignId id);
Result<std::optional<KeptDesign>> read_design(trust::Reading& reading, DesignId id, int version);
/// As above, for what answers and asks name ("own-…" and "3"); nothing for a form that is not designed here.
Result<std::optional<KeptDesign>> read_designed(trust::Reading& reading, std::string_view form);
Result<std::optional<KeptDesign>> read_designed(trust::Reading& reading, std::string_view form, std::string_view version);

/// The newest version of each, retired ones last.
Result<std::vector<KeptDesign>> newest_designs(trust::Reading& reading);
/// Of one design, the newest first.
Result<std::vector<KeptDesign>> versions_of(trust::Reading& reading, DesignId id);

} // namespace handrail::monitoring
