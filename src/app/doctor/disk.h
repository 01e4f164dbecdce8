#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/doctor/seen.h"

namespace handrail::app::doctor {

/// Where a folder lies, or would lie once it is made.
struct Disk {
    std::filesystem::path folder;  ///< the one asked about, or the nearest above it that is there
    std::string problem;           ///< why nothing is known; else empty
    std::uintmax_t free_bytes = 0; ///< for those who are not root
    bool read_only = false;        ///< mounted so
    bool writable = true;          ///< for whoever runs this
    std::uint64_t type = 0;        ///< of the file system, as statfs(2) numbers it
};
Disk read_disk(const std::filesystem::path& folder);

/// Set in one place. House choices.
struct DiskLimits {
    /// Below this a busy service fills the disk before somebody has come to work.
    std::uintmax_t wrong_below = 256ULL << 20;
    std::uintmax_t look_below = 2ULL << 30;
};
/// @param wanted  bytes that are needed there for a moment, such as for the next backup; 0: none are known of
Seen judge(const std::string& what, const Disk& disk, std::uintmax_t wanted, const DiskLimits& limits = {});

/// How long small writes took until the disk said that they are kept.
struct Flushes {
    std::string problem; ///< why there are none; else empty
    std::vector<std::chrono::nanoseconds> took;
};
/// Writes 4 KiB and flushes, `times` times or until `longest` has gone by, into a file of its own that is gone
/// afterwards.
Flushes measure_flushes(const std::filesystem::path& folder, int times = 20,
                        std::chrono::milliseconds longest = std::chrono::seconds{5});
Seen judge(const Flushes& flushes);
inline constexpr const char* probe_file = "doctor.probe";

} // namespace handrail::app::doctor
