#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "domain/daily_summary.h"
#include "monitoring/import_batch.h"
#include "trust/record.h"

/// Daily summaries as rows: one a day and source, and one more for each file that brought the day.
namespace handrail::monitoring {

struct KeptDay {
    std::chrono::sys_days day{};
    Instant received_at;
    std::string source; ///< what sent it, in its own word
    DailyValues values;
    ImportId batch;     ///< empty: no file brought it
};

/// Writes the day of that source (and file) anew, whatever stood there.
Result<void> put_day(trust::Writing& writing, PersonId person, const KeptDay& day);
/// Since a day, in the order in which they were received.
Result<std::vector<KeptDay>> days_of(trust::Reading& reading, PersonId person, std::chrono::sys_days since);
/// At most so many of what a file brought; gives how many went.
Result<std::int64_t> remove_days(trust::Writing& writing, PersonId person, ImportId batch, int most);

/// By measure and day. Where several speak of one day, what was received last counts: values are never added up or averaged.
CountedByDay by_measure(const std::vector<KeptDay>& days);

} // namespace handrail::monitoring
