#pragma once

#include <string>

#include "base/result.h"

namespace handrail::sqlite {

/// Copies the database at `from`, as it is at one instant, into a file at `to` with mode 600, while it is being
/// written. The copy is made beside `to` and takes its place when it is whole and on disk; it needs no journal beside
/// it.
Result<void> back_up(const std::string& from, const std::string& to, const char* vfs);

/// Makes a new name in a folder survive a loss of power.
Result<void> flush_folder_of(const std::string& path);

} // namespace handrail::sqlite
