#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "trust/record.h"

/// What one file brought into one record.
namespace handrail::monitoring {

using ImportId = Id<struct ImportNoun>;

struct ImportBatch {
    enum class State {
        Taking,     ///< begun; what stopped in the middle can be taken back like any other
        Taken,
        TakingBack, ///< begun to be taken back: taking it back again goes on where it stopped
        TakenBack,
    };
    ImportId id;
    PersonId person;
    std::string kind; ///< check_ins, daily
    State state = State::Taking;
    Instant made_at;
    AccountId by; ///< empty: somebody at the command line
    std::optional<Instant> taken_back_at;
    AccountId taken_back_by;
    std::string checksum; ///< SHA-256 of the file, unpacked
    std::string mapping;
    std::int64_t rows = 0;  ///< of the file
    std::int64_t taken = 0; ///< that were new
    std::int64_t not_taken = 0;
};
/// taking, taken, taking_back, taken_back
std::string_view name(ImportBatch::State state);

Result<void> insert_batch(trust::Writing& writing, const ImportBatch& batch);
/// Writes state, counts, and who took it back when.
Result<void> update_batch(trust::Writing& writing, const ImportBatch& batch);
Result<std::optional<ImportBatch>> read_batch(trust::Reading& reading, ImportId id);
/// Of the whole organisation, newest first.
Result<std::vector<ImportBatch>> newest_batches(trust::Reading& reading, int most);

} // namespace handrail::monitoring
