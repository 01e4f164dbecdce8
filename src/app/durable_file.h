#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace handrail::app {

/// Puts these bytes into a file that only its owner reads, whole or not at all, also when the power fails.
Result<void> put_file(const std::filesystem::path& file, const std::string& bytes);
/// Writes over the file's bytes and removes it, as far as the disk goes along with that.
Result<void> shred_file(const std::filesystem::path& file);
/// Everything in a file; NotFound when it cannot be read.
Result<std::string> read_file(const std::filesystem::path& file);

} // namespace handrail::app
