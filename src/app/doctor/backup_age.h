#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "app/doctor/seen.h"
#include "base/clock.h"
#include "base/crypto.h"

namespace handrail::app::doctor {

struct NewestBackup {
    std::string name;
    Instant at;
    std::string problem;           ///< why it would not restore; else empty
    std::optional<bool> key_opens; ///< with the master key in use; nothing when that was not tried
};
/// Reads every byte of it: checksums say whether it is whole.
std::optional<NewestBackup> read_newest_backup(const std::filesystem::path& folder,
                                               const std::optional<SecretKey>& master);
/// @param every  as configured; 0: the service makes none by itself
Seen judge(const std::optional<NewestBackup>& newest, std::chrono::seconds every, Instant now);

} // namespace handrail::app::doctor
