#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/check_in.h"
#include "domain/check_in_mapping.h"
#include "monitoring/import_preview.h"

namespace handrail::monitoring {

struct ImportedCheckIn {
    std::size_t line = 0; ///< of the file, from 1
    Instant at;
    std::optional<int> mood;  ///< of the form
    std::optional<int> sleep; ///< the form's choice
    Confidential note;
    std::map<std::string, double, std::less<>> series; ///< further measures on their own scale; empty for most files

    CheckInAnswers answers() const;
    bool empty() const { return !mood && !sleep && note.empty() && series.empty(); }
};

struct CheckInImport {
    ImportPreview preview;
    std::vector<ImportedCheckIn> check_ins; ///< oldest first; only rows without a problem, each wholly
};

/// @param now        The instant of the import: nothing later is taken.
/// @param utc_offset Of the person's clock, for files without dates.
struct ImportQuestion {
    Instant now;
    std::chrono::minutes utc_offset{0};
};

/// Reads check-ins of any mapped kind, comma-separated or JSON Lines. The kind is the mapping with the most recognised columns.
/// @return Invalid when no mapping fits, with the columns each would need.
Result<CheckInImport> read_check_in_import(std::string_view text, const std::vector<CheckInMapping>& mappings,
                                           const CheckInForm& form, const ImportQuestion& question);

} // namespace handrail::monitoring
