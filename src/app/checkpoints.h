#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/vault.h"
#include "trust/audit_check.h"

namespace handrail::app {

/// What a walk through the audit record of every organisation here found.
struct RecordWalk {
    std::int64_t entries = 0;
    std::vector<std::string> problems;
    trust::Checkpoint checkpoint; ///< of what was walked; worth signing only without problems
};
/// @param against  a checkpoint whose links must still be there
Result<RecordWalk> walk_record(Vault& vault, const std::optional<trust::Checkpoint>& against, Instant now,
                               const std::stop_token& stop = {});

/// The newest in a folder of checkpoints, by the instant in its name; nothing when there is none. A name from a future
/// that no node's clock can be in is passed over: it would keep the next one back for as long.
struct FoundCheckpoint {
    std::filesystem::path file;
    Instant at;
};
std::optional<FoundCheckpoint> newest_checkpoint(const std::filesystem::path& folder, Instant now);

/// The signed checkpoints of the audit record that a service writes by the clock into a folder off the machine. None is
/// ever removed or written over.
class Checkpoints {
public:
    Checkpoints(Vault& vault, const Config& config, const Clock& clock) : vault_(vault), config_(config), clock_(clock)
    {
    }

    /// Writes one when the newest in the folder is old enough, and hands it to the configured command. What is due is
    /// seen from the folder, and what was not handed over from a mark in the data folder, so a crash forgets nothing.
    /// Before one is signed the whole record is walked, also against the newest checkpoint there.
    /// @return Conflict when the record does not hold, or the newest checkpoint is not one of this service. What failed
    ///         is tried again after a quarter of an hour, and said until then.
    Result<void> round(const std::stop_token& stop = {});

    struct State {
        std::optional<FoundCheckpoint> newest;
        std::string problem; ///< what the last round could not do; "" when all is well
    };
    /// As the last round saw it: nobody who asks waits for a share that hangs.
    State state() const;

private:
    struct Failed {
        Error error;
        Instant at;
    };

    Vault& vault_;
    const Config& config_;
    const Clock& clock_;
    mutable std::mutex mutex_; ///< guards what follows
    std::optional<Failed> failed_;
    std::optional<FoundCheckpoint> newest_;

    Result<void> write_when_due(Instant now, const std::stop_token& stop);
    Result<void> hand_over(const std::stop_token& stop);
    bool due(const std::optional<FoundCheckpoint>& newest, Instant now) const;
};

} // namespace handrail::app
