#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <tuple>

#include "app/backup.h"
#include "app/vault.h"
#include "postgres/postgres_store.h"
#include "sqlite/sqlite_store.h"
#include "storage/migrations.h"
#include "trust/actor_desk.h"
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
        return unavailable(
            fmt::format("The folder {} cannot be made private: {}.", folder.string(), std::strerror(errno)),
            "vault: chmod");
    return {};
}

struct Gap {
    int version = 0;
    bool behind = false; ///< there is something, and it is older than this binary
};

Result<Gap> gap_of(storage::Store& store, int newest)
{
    const int version = TRY(store.schema_version());
    return Gap{version, version > 0 && version < newest};
}

constexpr rows::Statement any_key{"vault.any_key", "SELECT organisation FROM organisation_key LIMIT 1"};
constexpr rows::Statement any_row{"vault.any_row", "SELECT organisation FROM organisation LIMIT 1"};

Result<bool> holds_any(storage::Store& store, const rows::Statement& statement)
{
    if (TRY(store.schema_version()) == 0)
        return false;
    bool any = false;
    TRY(store.read(trust::ActorDesk::system({}), [&](storage::Reading& reading) -> Result<void> {
        any = !TRY(reading.rows(statement, {})).empty();
        return {};
    }));
    return any;
}

/// Before a first epoch key is made: a service that is there would be shut out by it.
Result<void> refuse_strange_stores(const Config& config, const std::string& epoch_file)
{
    if (config.postgres.empty())
        return {}; // there the files themselves say so
    const auto stores = TRY(open_stores(config));
    if (TRY(holds_any(*stores.keys, any_key)) || TRY(holds_any(*stores.data, any_row)))
        return invalid(
            fmt::format("The databases hold a service, but its epoch key {} is missing. Without it nothing can "
                        "be read: put it back from your key backup. A copy that was cut short has none yet: "
                        "empty the databases and copy again.",
                        epoch_file));
    return {};
}

} // namespace

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

trust::MasterKeySource master_key_source(const Config& config)
{
    trust::MasterKeySource source;
    source.kind = config.master_key_source == "environment" ? trust::MasterKeySource::Kind::Environment
                  : config.master_key_source == "command"   ? trust::MasterKeySource::Kind::Command
                                                            : trust::MasterKeySource::Kind::File;
    source.where = config.master_key;
    return source;
}

Result<Vault> open_vault(const Config& config, const Opening& opening, const Clock& clock)
{
    const auto epoch_file = epoch_key_file(config).string();
    std::error_code unreadable;
    const bool there = fs::exists(epoch_file, unreadable);
    const bool cut_short = !unreadable && fs::exists(copy_mark(config), unreadable);
    const bool stored = !unreadable && fs::exists(config.folder / "handrail.db", unreadable);
    if (unreadable)
        return unavailable(fmt::format("The folder {} cannot be looked into: {}. The user who runs Handrail owns it.",
                                       config.folder.string(), unreadable.message()),
                           "vault: folder");
    if (!opening.copying && cut_short)
        return conflict(
            fmt::format("A copy into this service was cut short: {} is there. Empty the folder {} and its stores, "
                        "and copy again.",
                        copy_mark(config).string(), config.folder.string()));
    if (!there && !opening.may_create)
        return not_found(
            fmt::format("There is no service in {}: the epoch key {} is missing.", config.folder.string(), epoch_file));
    if (!there && config.postgres.empty() && stored)
        return invalid(fmt::format("{} holds a store, but the epoch key {} is missing. Without it nothing can be read: "
                                   "put it back from your key backup.",
                                   config.folder.string(), epoch_file));
    if (!there)
        TRY(refuse_strange_stores(config, epoch_file));
    TRY(make_folder(config.folder));
    auto source = master_key_source(config);
    source.create_when_missing = !there;
    if (there && source.kind == trust::MasterKeySource::Kind::File) {
        std::error_code problem;
        const auto real = fs::canonical(source.where, problem);
        TRY(trust::finish_master_change(problem ? source.where : real.string(), [&](const SecretKey& key) {
            return trust::EpochKeyFile::opens(epoch_file, key);
        }));
    }
    const auto master = TRY(trust::read_master_key(source));
    auto epoch = TRY(trust::EpochKeyFile::open(epoch_file, master, !there));

    Vault vault;
    vault.fresh = !there;
    vault.epoch_file = epoch_file;
    vault.store_kind = config.postgres.empty() ? "embedded" : "postgres";
    auto stores = TRY(open_stores(config));
    vault.data = std::move(stores.data);
    vault.keys = std::move(stores.keys);
    const int newest = storage::migrations(storage::Set::Data).back().number;
    const auto data = TRY(gap_of(*vault.data, newest));
    const auto keys = TRY(gap_of(*vault.keys, storage::migrations(storage::Set::Keys).back().number));
    if (data.behind || keys.behind) {
        if (!opening.may_migrate)
            return conflict(fmt::format("This store is at version {} and this binary is at {}. Start the server once: "
                                        "it makes a backup and upgrades.",
                                        data.version, newest));
        // The backup is the way back.
        TRY(write_backup(*vault.data, *vault.keys, epoch_file, config.backups, clock.now(),
                         fmt::format("before-{}", newest)));
    }
    TRY(vault.keys->migrate());
    vault.schema = TRY(vault.data->migrate());
    const auto health = vault.data->health();
    if (!health.durable)
        return unavailable(
            "This store does not write durably (fsync or synchronous_commit is off). Turn it on: nothing "
            "that was acknowledged may be lost.",
            health.noted);
    vault.keyring = TRY(trust::Keyring::open(*vault.keys, std::move(epoch), clock));
    vault.audit_key = vault.keyring->audit_key();
    return vault;
}

Result<std::string> newer_store(const Vault& vault)
{
    for (const auto& [store, which, called] :
         {std::tuple{vault.data.get(), storage::Set::Data, "store"}, {vault.keys.get(), storage::Set::Keys, "key store"}}) {
        const int version = TRY(store->schema_version());
        const int known = storage::migrations(which).back().number;
        if (version > known)
            return fmt::format("Another node runs a newer version: replace this one. (The {} is at version {}; this "
                               "Handrail knows versions up to {}.)",
                               called, version, known);
    }
    return std::string{};
}

} // namespace handrail::app
