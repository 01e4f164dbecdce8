#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/daily_summary.h"
#include "monitoring/import_preview.h"

namespace handrail::monitoring {

struct ImportedDay {
    std::size_t line = 0; ///< of the file, from 1
    std::chrono::sys_days day{};
    DailyValues values;
};

struct DailyImport {
    ImportPreview preview;
    std::vector<ImportedDay> days;   ///< earliest first; only rows without a problem, each wholly
    std::vector<std::string> people; ///< as the file calls them, when it has a column for it; at most a few are named
};

struct DailyQuestion {
    Instant now;      ///< of the import: no day later than tomorrow is taken
    std::string only; ///< whose rows, as the file calls them; empty: the file is of one person
};

/// Reads daily summaries, comma-separated or JSON Lines, by the mapping that fits with the most recognised columns. A day is
/// the date as it is written. Columns of the mapping that the file does not have are no values.
/// @return Invalid when no mapping fits, or when the file is of several people and nobody said whose rows are meant.
Result<DailyImport> read_daily_import(std::string_view text, const std::vector<DailyMapping>& mappings,
                                      const WearableProtocol& protocol, const DailyQuestion& question);

/// "7 h 20 min", "23:40", "8200 steps": a value with its unit.
std::string daily_text(const DailyMeasure& measure, double value);
/// "2026-03-02"
std::string day_text(std::chrono::sys_days day);

} // namespace handrail::monitoring
