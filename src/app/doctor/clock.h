#pragma once

#include <optional>
#include <string>

#include "app/doctor/seen.h"
#include "base/clock.h"

namespace handrail::app::doctor {

/// What the kernel says about its own clock.
struct KernelClock {
    bool synchronised = false;
    Duration at_most_off{};
};
/// Nothing where the kernel does not say.
std::optional<KernelClock> read_kernel_clock();
Seen judge(const std::optional<KernelClock>& kernel);

/// Whether time has gone on since the newest entry of the audit record, to which every change adds.
Seen judge_newest_entry(std::optional<Instant> newest, Instant now);

/// @param known  whether care finds a zone of this name
Seen judge_zone_database(bool known);
Seen judge_service_zone(const std::string& zone, bool known);

} // namespace handrail::app::doctor
