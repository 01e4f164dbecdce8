#pragma once

#include <filesystem>
#include <optional>

#include "base/clock.h"
#include "storage/store.h"
#include "trust/erasure_list.h"
#include "trust/keyring.h"

namespace handrail::app {

/// The list of erasures beside the backups. A restored copy is older than some erasures: this is how it learns of them.
inline std::filesystem::path erasure_list_in(const std::filesystem::path& backups)
{
    return backups / "erasures";
}

/// What stands in a list; nothing when there is no such file. Invalid when it was changed or is another service's.
Result<std::optional<trust::ErasureList>> read_erasures(const std::filesystem::path& file, const trust::AuditKey& key);

/// Writes everyone who was erased into the list beside the backups, together with those it names already (a restored
/// service may not know them). Does nothing when it says all of that, nor where nobody was erased and no list is.
/// @param always  also when nobody was erased: so that a backup folder without one is seen to be incomplete
Result<void> keep_erasures(trust::Keyring& keyring, const std::filesystem::path& backups, bool always);

/// Whom the list names and the store still holds something of.
Result<std::vector<trust::Erased>> erasures_to_repeat(storage::Store& data, trust::Keyring& keyring,
                                                      const trust::ErasureList& list);

/// Erases again whom the list names and the store still opens, and begins a new epoch when anybody was, with a number
/// above every one that was in force before. Gives who was erased again.
Result<std::vector<trust::Erased>> repeat_erasures(storage::Store& data, trust::Keyring& keyring,
                                                   const trust::ErasureList& list, const Clock& clock);

} // namespace handrail::app
