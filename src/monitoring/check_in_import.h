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

namespace handrail::monitoring {

struct ImportedCheckIn {
    std::size_t line = 0; ///< of the file, from 1
    Instant at;
    CheckInAnswers answers;
    std::map<std::string, double, std::less<>> series; ///< further measures on their own scale; empty for most files
};

struct ImportProblem {
    std::size_t line = 0;
    std::string told; ///< quotes nothing from the file but names of columns
};

/// What would be taken and what would not, to be looked at before anything is stored.
struct ImportPreview {
    struct Column {
        std::string name;
        std::string becomes; ///< "mood (1 to 7, higher is better)"; empty: left out
    };
    std::string mapping;
    std::string title;
    std::size_t rows = 0;
    std::size_t taken = 0;
    std::size_t without_answers = 0;
    std::optional<Instant> first_at;
    std::optional<Instant> last_at;
    std::vector<Column> columns;
    std::vector<std::string> notes; ///< what a reader must know, in sentences
    std::vector<ImportProblem> problems;
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

/// Reads comma-separated check-ins of any mapped kind. The kind is the mapping with the most recognised columns.
/// @return Invalid when no mapping fits, with the columns each would need.
Result<CheckInImport> read_check_in_import(std::string_view text, const std::vector<CheckInMapping>& mappings,
                                           const CheckInForm& form, const ImportQuestion& question);

/// The preview as lines of text for a terminal.
std::string preview_text(const ImportPreview& preview);

} // namespace handrail::monitoring
