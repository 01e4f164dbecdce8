#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/config.h"
#include "app/doctor/seen.h"
#include "base/clock.h"

namespace handrail::app::doctor {

/// What can be seen of the checkpoints of the audit record from outside the server.
struct CheckpointFolder {
    std::string path;             ///< empty: none is configured
    bool there = false;           ///< and can be read
    bool on_disk_of_data = false; ///< whoever cuts the record here can take them away too
    bool handed_over = false;     ///< a command carries each away as well
    struct Newest {
        std::string name;
        Instant at;
    };
    std::optional<Newest> newest;
};
CheckpointFolder read_checkpoints(const Config& config, Instant now);
/// @param every  as configured; 0: the service writes none by itself
Seen judge(const CheckpointFolder& folder, std::chrono::seconds every, Instant now);

} // namespace handrail::app::doctor
