#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "storage/store.h"

namespace handrail::app {

/// A backup is a folder: data.db, keys.db, epoch.key and manifest with a checksum of each and of itself. Data first and
/// keys second, so that every row in it has its key.
struct Backup {
    std::filesystem::path folder;
    Instant at;
    std::uintmax_t bytes = 0;
};
/// Looks at the finished files before the backup gets its name; an error takes them away again.
using Proof = std::function<Result<void>(const std::filesystem::path& unfinished)>;
/// @param label  goes into the folder's name: "2026-03-02T221000Z-manual"
Result<Backup> write_backup(storage::Store& data, storage::Store& keys, const std::filesystem::path& epoch_file,
                            const std::filesystem::path& into, Instant now, const std::string& label,
                            const Proof& proof = {});

struct Manifest {
    Instant at;
    bool has_epoch_key = true; ///< false: it went with an erasure, as it opened somebody who is gone
};
/// Checks the checksums of a backup. A backup damaged at any byte is noticed here, before anything is opened.
Result<Manifest> check_manifest(const std::filesystem::path& backup);

/// The finished backups in a folder, oldest first.
std::vector<std::filesystem::path> finished_backups(const std::filesystem::path& folder);
/// The instant and the label that stand in a backup's name; Invalid when it is not named as write_backup() does.
struct BackupName {
    Instant at;
    std::string label;
};
Result<BackupName> name_of_backup(const std::filesystem::path& backup);
struct DatedBackup {
    std::filesystem::path folder;
    Instant at;
};
/// The newest of the finished backups that are named as write_backup() does.
std::optional<DatedBackup> newest_backup(const std::filesystem::path& folder);

/// The files of a backup beside its manifest, and what a service calls them.
struct BackupPart {
    const char* in_backup;
    const char* in_service;
};
inline constexpr BackupPart backup_parts[] = {
    {"data.db", "handrail.db"}, {"keys.db", "keys.db"}, {"epoch.key", "epoch.key"}};
inline constexpr const char* epoch_part = "epoch.key";

} // namespace handrail::app
