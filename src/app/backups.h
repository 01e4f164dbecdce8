#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "app/backup.h"
#include "app/config.h"
#include "app/vault.h"

namespace handrail::app {

/// The backups of a service: made by hand, by the clock and after an erasure, one at a time.
class Backups {
public:
    Backups(Vault& vault, const Config& config, const Clock& clock);

    /// Writes one and proves it before it counts: every key opens with the new key file, and on the embedded store
    /// every sealed row of the copy with the copied keys. The list of erasures beside it is brought up to date.
    Result<Backup> take(const std::string& label);

    /// After the master key was changed: a backup that opens with the new one. Key files of older backups here are
    /// sealed with the old one and go; their rows open with the keys of the newest.
    Result<Backup> take_under_new_master();

    /// What a service does again and again; all of it can be seen from the folder and the store, so a crash forgets
    /// nothing. Repeats erasures that a restored store does not know, begins a new epoch when one is due, sees to it
    /// that the newest backup opens and no key file here opens somebody who was erased; then the backup by the clock,
    /// and what is older than it is to be kept goes. Gives the first that failed, and goes on after it.
    Result<void> round();

    struct State {
        std::string last;    ///< name of the newest backup; "" when there is none
        std::string problem; ///< what the last round could not do; "" when all is well
    };
    State state() const;

private:
    Vault& vault_;
    const Config& config_;
    const Clock& clock_;
    std::mutex one_at_a_time_;
    mutable std::mutex problem_mutex_; ///< guards problem_
    std::string problem_;
    std::optional<Instant> failed_at_; ///< of the backup by the clock: it is tried again after a while

    Result<Backup> take_alone(const std::string& label);
    Result<void> prove(const std::filesystem::path& unfinished);
    Result<void> repeat_listed_erasures();
    Result<void> shut_out_the_erased();
    Result<void> by_the_clock();
    Result<void> drop_what_is_old();
    Result<void> drop_unfinished();
};

} // namespace handrail::app
