#pragma once

#include <filesystem>
#include <iosfwd>

#include "app/config.h"
#include "app/vault.h"

namespace handrail::app {

/// Opens every sealed row of every table and walks the audit chain: what a backup is worth.
struct Opened {
    std::int64_t rows = 0;
    std::int64_t erased = 0; ///< rows of people who were erased since: they must not open
    std::int64_t audit_entries = 0;
    std::vector<std::string> problems; ///< "message: row 17 does not open"
};
Result<Opened> open_everything(Vault& vault);

/// Puts a backup's files where a service looks for them. The keys may come from another, younger backup.
Result<void> lay_out(const std::filesystem::path& backup, const std::filesystem::path& keys,
                     const std::filesystem::path& folder);
/// Opens what was laid out, with the master key that the service has in hand.
Result<Vault> open_copy_of(const Vault& service, const std::filesystem::path& folder);

/// `handrail restore BACKUP --verify` restores into a scratch folder, repeats later erasures, opens every sealed row,
/// verifies the audit chain, prints the recovery point and how long it took. `into` keeps the restored service there.
///
/// Without a backup: looks at databases that were put back with PostgreSQL's own means, and changes nothing in them.
struct RestoreAsked {
    std::filesystem::path backup;   ///< empty: the PostgreSQL store that the configuration names
    std::filesystem::path into;     ///< empty: a scratch folder
    std::filesystem::path erasures; ///< a list of erasures; empty: the one beside the backup
};
int restore(const Config& config, const RestoreAsked& asked, std::ostream& out, std::ostream& err);

} // namespace handrail::app
