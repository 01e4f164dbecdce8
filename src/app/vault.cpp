#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app/backup.h"
#include "app/house.h"
#include "postgres/postgres_store.h"
#include "sqlite/sqlite_store.h"
#include "storage/migrations.h"
#include "trust/epoch_key.h"
#include "trust/master_key.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

Result<void> make_folder(const fs::path& folder)
{
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem)
        return unavailable(fmt::format("The folder {} cannot be made: {}.", folder.string(), problem.message()),
                           "vault: folder");
    if (::chmod(folder.c_str(), 0700) != 0 && errno != EPERM)
        return unavailable(fmt::format("The folder {} cannot be made private: {}.", folder.string(),
                                       std::strerror(errno)),
                           "vault: chmod");
    return {};
}

struct Stores {
    std::unique_ptr<storage::Store> data;
    std::unique_ptr<storage::Store> keys;
};

Result<Stores> open_stores(const Config& config)
{
    Stores stores;
    if (config.postgres.empty()) {
        stores.keys = TRY(sqlite::SqliteStore::open((config.folder / "keys.db").string(), storage::Set::Keys));
        stores.data = TRY(sqlite::SqliteStore::open((config.folder / "handrail.db").string(), storage::Set::Data));
    } else {
        stores.keys = TRY(postgres::PostgresStore::open(config.postgres_keys, storage::Set::Keys));
        stores.data = TRY(postgres::PostgresStore::open(config.postgres, storage::Set::Data));
    }
    return stores;
}

} // namespace

Result<Vault> open_vault(const Config& config, const Opening& opening, const Clock& clock)
{
    const auto epoch_file = (config.folder / "epoch.key").string();
    const bool there = fs::exists(epoch_file);
    if (!there && !opening.may_create)
        return not_found(fmt::format("There is no service in {}: the epoch key {} is missing.", config.folder.string(),
                                     epoch_file));
    if (!there && config.postgres.empty() && fs::exists(config.folder / "handrail.db"))
        return invalid(fmt::format("{} holds a store, but the epoch key {} is missing. Without it nothing can be read: "
                                   "put it back from your key backup.",
                                   config.folder.string(), epoch_file));
    TRY(make_folder(config.folder));
    trust::MasterKeySource source;
    source.kind = config.master_key_source == "environment" ? trust::MasterKeySource::Kind::Environment
                  : config.master_key_source == "command"   ? trust::MasterKeySource::Kind::Command
                                                            : trust::MasterKeySource::Kind::File;
    source.where = config.master_key;
    source.create_when_missing = !there;
    const auto master = TRY(trust::read_master_key(source));
    auto epoch = TRY(trust::EpochKeyFile::open(epoch_file, master, !there));

    Vault vault;
    vault.fresh = !there;
    vault.epoch_file = epoch_file;
    vault.store_kind = config.postgres.empty() ? "embedded" : "postgres";
    auto stores = TRY(open_stores(config));
    vault.data = std::move(stores.data);
    vault.keys = std::move(stores.keys);
    const int before = TRY(vault.data->schema_version());
    const int newest = storage::migrations(storage::Set::Data).back().number;
    if (before < newest && before > 0) {
        if (!opening.may_migrate)
            return conflict(fmt::format("This store is at version {} and this binary is at {}. Start the server once: "
                                        "it makes a backup and upgrades.",
                                        before, newest));
        // The backup is the way back.
        TRY(write_backup(*vault.data, *vault.keys, epoch_file, config.backups, clock.now(),
                         fmt::format("before-{}", newest)));
    }
    TRY(vault.keys->migrate());
    vault.schema = TRY(vault.data->migrate());
    const auto health = vault.data->health();
    if (!health.durable)
        return unavailable("This store does not write durably (fsync or synchronous_commit is off). Turn it on: nothing "
                           "that was acknowledged may be lost.",
                           health.noted);
    vault.keyring = TRY(trust::Keyring::open(*vault.keys, std::move(epoch), clock));
    vault.audit_key = vault.keyring->audit_key();
    return vault;
}

} // namespace handrail::app
