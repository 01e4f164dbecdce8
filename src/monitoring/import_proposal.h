#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "domain/check_in_mapping.h"
#include "domain/daily_summary.h"

namespace handrail::monitoring {

using ImportMapping = std::variant<CheckInMapping, DailyMapping>;
/// check-ins, daily
inline const char* kind_of(const ImportMapping& mapping) { return mapping.index() == 0 ? "check-ins" : "daily"; }

/// How the columns of a file that nobody wrote a mapping for might be read: a guess from their names and first values, for
/// somebody to look at. It is never used until a human said yes to it.
struct ImportProposal {
    ImportMapping mapping;
    /// What to look at, each with the column it is about ("" for the whole): a scale that was guessed, a unit.
    std::vector<std::pair<std::string, std::string>> doubts;
};

/// @return Invalid when no column looks like a day or an instant, or none like anything that is kept.
Result<ImportProposal> propose_mapping(std::string_view text, const WearableProtocol& protocol);

} // namespace handrail::monitoring
