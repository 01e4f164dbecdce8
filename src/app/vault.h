#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/config.h"
#include "base/clock.h"
#include "storage/store.h"
#include "trust/keyring.h"
#include "trust/master_key.h"

namespace handrail::app {

/// The stores and the keys that open them: all that the commands for keeping a service need.
struct Vault {
    std::unique_ptr<storage::Store> data;
    std::unique_ptr<storage::Store> keys;
    std::unique_ptr<trust::Keyring> keyring;
    trust::AuditKey audit_key;
    int schema = 0;
    std::string store_kind; ///< embedded, postgres
    std::string epoch_file;
    bool fresh = false; ///< nothing was there before
};

/// The two stores of a configuration, as they are: nothing is made or upgraded.
struct Stores {
    std::unique_ptr<storage::Store> data;
    std::unique_ptr<storage::Store> keys;
};
Result<Stores> open_stores(const Config& config);
/// Where the master key of a configuration comes from.
trust::MasterKeySource master_key_source(const Config& config);
/// Stands in the data folder while another service is being copied into it: such a store is not opened.
inline std::filesystem::path copy_mark(const Config& config)
{
    return config.folder / "copy.unfinished";
}

struct Opening {
    bool may_create = true;  ///< false: a command that needs a service that is there
    bool may_migrate = true; ///< false: a command that only reads
    bool copying = false;    ///< true: the copy itself, which looks at what it made
};
/// Opens stores and keys; makes them on the first start; makes a backup before a migration. Every refusal is one clear
/// sentence and nothing is written before it.
Result<Vault> open_vault(const Config& config, const Opening& opening, const Clock& clock);

/// What to do once another node has upgraded the stores beyond what this binary knows; "" until then.
Result<std::string> newer_store(const Vault& vault);

} // namespace handrail::app
