#pragma once

#include <filesystem>
#include <iosfwd>

#include "app/config.h"
#include "app/house.h"

namespace handrail::app {

/// Opens every sealed row of every table and walks the audit chain: what a backup is worth.
struct Opened {
    std::int64_t rows = 0;
    std::int64_t erased = 0;                 ///< rows of people who were erased since: they must not open
    std::int64_t audit_entries = 0;
    std::vector<std::string> problems;       ///< "message, row 17 of 4,211 does not open"
};
Result<Opened> open_everything(Vault& vault, const Clock& clock);

/// `handrail restore --verify BACKUP`: restores into a scratch folder, opens every sealed row, verifies the audit chain,
/// prints the recovery point and how long it took. `into` keeps the restored service there.
int restore(const Config& config, const std::filesystem::path& backup, const std::filesystem::path& into,
            std::ostream& out, std::ostream& err);

} // namespace handrail::app
