#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/check_in.h"
#include "monitoring/check_in_import.h"
#include "monitoring/daily_import.h"
#include "monitoring/import_proposal.h"

namespace handrail::monitoring {

/// What files may be: the mappings of content/imports, and what they are read against.
struct ImportKinds {
    std::vector<CheckInMapping> check_ins;
    std::vector<DailyMapping> daily;
    WearableProtocol wearables;
    CheckInForm form;
};

struct ImportAsk {
    Instant now;
    std::string kind;                     ///< check-ins, daily; empty: whichever fits
    std::string only = {};                ///< of a file of several people: whose rows
    std::optional<ImportMapping> mapping = {}; ///< that somebody wrote or looked at
};

struct ImportReading {
    ImportMapping mapping; ///< by which it was read
    bool proposed = false; ///< nobody wrote it and nobody looked at it: such a file is not taken
    std::vector<std::pair<std::string, std::string>> doubts; ///< by column; of a proposal
    std::variant<CheckInImport, DailyImport> read;
    const ImportPreview& preview() const;
};

/// Reads a file by the mapping that was given, by a shipped one that fits, or else by one that is proposed for it.
Result<ImportReading> read_import(std::string_view text, const ImportKinds& kinds, const ImportAsk& ask);

} // namespace handrail::monitoring
