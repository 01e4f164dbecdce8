#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/doctor/seen.h"
#include "trust/epoch_key.h"
#include "trust/master_key.h"

namespace handrail::app::doctor {

/// Who may open a file or folder, and whose it is.
struct Access {
    std::filesystem::path path;
    bool there = false;
    unsigned mode = 0; ///< 0600
    uid_t owner = 0;
};
Access read_access(const std::filesystem::path& path);

/// @param me  who runs this command
Seen judge_folder(const Access& folder, uid_t me);
/// Files that hold people's rows and keys: nobody but the folder's owner.
Seen judge_private(const Access& folder, const std::vector<Access>& files);

/// What the master key opens, without changing anything.
struct Opened {
    std::vector<Seen> seen;
    std::optional<SecretKey> key;
    std::optional<trust::EpochKeyFile> file;
};
/// @param folder_owner  whose the data folder is: a key file of somebody else's does not open for the server
Opened open_epoch_key(const trust::MasterKeySource& source, const std::filesystem::path& epoch_file,
                      uid_t folder_owner);

} // namespace handrail::app::doctor
