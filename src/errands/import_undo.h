#pragma once

#include "monitoring/import_batch.h"
#include "monitoring/night_judge.h"
#include "trust/record.h"

namespace handrail::errands {

/// Removes at most so many rows that the batch brought; gives how many went.
Result<std::int64_t> remove_imported(trust::Writing& writing, const monitoring::ImportBatch& batch, int most);

/// What was made from rows that are gone is worked out anew, in one transaction.
struct Reworked {
    int withdrawn = 0;
    int alerts_marked = 0;
};
Result<Reworked> rework(trust::Writing& writing, const monitoring::NightJudge& judge, const monitoring::ImportBatch& batch);

} // namespace handrail::errands
