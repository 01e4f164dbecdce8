#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "storage/store.h"

namespace handrail::app {

/// A backup is a folder: data.db, keys.db, epoch.key and manifest with a checksum of each. Data first and keys second,
/// so that every row in it has its key.
struct Backup {
    std::filesystem::path folder;
    Instant at;
    std::uintmax_t bytes = 0;
};
/// @param label  goes into the folder's name: "2026-03-02T221000Z-manual"
Result<Backup> write_backup(storage::Store& data, storage::Store& keys, const std::filesystem::path& epoch_file,
                            const std::filesystem::path& into, Instant now, const std::string& label);

/// What `restore --verify` found.
struct RestoreReport {
    Instant taken_at;
    std::int64_t sealed_rows = 0;
    std::int64_t people = 0;
    std::int64_t audit_entries = 0;
    std::vector<std::string> problems; ///< empty: every row opened, the chain holds
};
/// Checks the checksums of a backup. A backup damaged at any byte is noticed here, before anything is opened.
Result<Instant> check_manifest(const std::filesystem::path& backup);

/// Key files of backups that an erasure has made worthless: all but the newest are removed once a newer one was proven.
Result<int> drop_old_key_files(const std::filesystem::path& backups);

} // namespace handrail::app
