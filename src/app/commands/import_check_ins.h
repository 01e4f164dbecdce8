#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/check_in.h"
#include "domain/check_in_mapping.h"
#include "monitoring/check_in_import.h"

namespace handrail::app {

/// The bytes of a file, unpacked when it is gzip (by its first bytes, not its name).
/// @return NotFound, Invalid for a damaged archive, TooMuch above `most_bytes` unpacked.
Result<std::string> read_file_unpacked(const std::filesystem::path& file, std::size_t most_bytes);

/// The reading half of `handrail import check-ins FILE`: nothing is stored.
Result<monitoring::CheckInImport> read_check_in_file(const std::filesystem::path& file,
                                                     const std::vector<CheckInMapping>& mappings,
                                                     const CheckInForm& form,
                                                     const monitoring::ImportQuestion& question);

} // namespace handrail::app
