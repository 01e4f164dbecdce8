#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace handrail::app {

/// The bytes of a file, unpacked when it is gzip (by its first bytes, not its name).
/// @return NotFound, Invalid for a damaged archive, TooMuch above `most_bytes` unpacked.
Result<std::string> read_file_unpacked(const std::filesystem::path& file, std::size_t most_bytes);

} // namespace handrail::app
