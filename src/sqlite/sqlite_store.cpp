#include "sqlite/sqlite_store.h"

#include <cerrno>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sqlite/backup.h"
#include "sqlite/connection.h"
#include "sqlite/identity.h"
#include "sqlite/lock_file.h"
#include "sqlite/reader_pool.h"
#include "sqlite/sqlite_error.h"
#include "sqlite/statistics.h"
#include "sqlite/transaction.h"
#include "sqlite/writer.h"
#include "storage/dialect.h"
#include "storage/listeners.h"

namespace handrail::sqlite {

namespace {

constexpr std::int64_t only_lane = 0;

/// Makes the file, readable by its owner only, when there is none; takes it away from others when there is one.
Result<void> prepare_file(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return error_from_errno(errno, "opening the store's file");
    struct stat found = {};
    int failed = ::fstat(descriptor, &found) != 0 ? errno : 0;
    if (failed == 0 && (found.st_mode & 077U) != 0 && ::fchmod(descriptor, 0600) != 0)
        failed = errno;
    ::close(descriptor);
    if (failed != 0)
        return error_from_errno(failed, "making the store's file private");
    return found.st_size == 0 ? flush_folder_of(path) : Result<void>{};
}

Result<void> set_up_writer(Connection& writer, storage::Set which, bool forget_to_flush)
{
    TRY(check_identity(writer, which));
    const auto journal = TRY(writer.answer_to("PRAGMA journal_mode = WAL"));
    if (journal != "wal")
        return unavailable("The store's disk does not take a write-ahead log.", "journal_mode is not wal");
    // Freed pages of the key store are overwritten at once; those of the record when it costs nothing, as they hold
    // only what a person's key opens.
    const std::string erasing = which == storage::Set::Keys ? "ON" : "FAST";
    return writer.run("PRAGMA synchronous = " + std::string(forget_to_flush ? "OFF" : "FULL") +
                      "; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0;"
                      " PRAGMA cache_size = -16384; PRAGMA secure_delete = " +
                      erasing + ";");
}

Result<std::unique_ptr<Connection>> open_reader(const std::string& path, const char* vfs)
{
    auto reader = TRY(Connection::open(path, Connection::Access::ReadOnly, vfs));
    sqlite3_db_config(reader->raw(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    TRY(reader->run("PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;"
                    " PRAGMA cache_size = -4096;"));
    return reader;
}

Result<bool> is_durable(Connection& writer)
{
    const auto synchronous = TRY(writer.answer_to("PRAGMA synchronous"));
    const auto journal = TRY(writer.answer_to("PRAGMA journal_mode"));
    return (synchronous == "2" || synchronous == "3") && journal == "wal";
}

constexpr auto make_version = "CREATE TABLE IF NOT EXISTS schema_version ("
                              "version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)"
                              " STRICT";

Result<void> apply(Connection& writer, const storage::Migration& migration, storage::Set which)
{
    TRY(writer.step(Connection::Step::BeginWriting));
    TRY(writer.run(make_version));
    for (const auto& statement : storage::statements_of(migration.script))
        TRY(writer.run(storage::for_sqlite(statement)));
    TRY(writer.run("INSERT INTO schema_version (version, name, applied_at) VALUES (" +
                   std::to_string(migration.number) + ", '" + std::string(migration.name) +
                   "', CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER))"));
    TRY(writer.run("PRAGMA application_id = " + std::to_string(application_id(which))));
    return writer.step(Connection::Step::Commit);
}

} // namespace

struct SqliteStore::Parts {
    std::string path;
    storage::Set which;
    Options options;
    LockFile lock;
    bool durable;
    // In this order: the readers go first and the writer last, which moves the log into the file as it closes.
    std::unique_ptr<Connection> writing;
    ReaderPool readers;
    storage::Listeners listeners;
    Writer writer{*writing, only_lane, options.checkpoint_pages};
};

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path, storage::Set which,
                                                       const Options& options)
{
    ensure(options.readers > 0, "a store has at least one reader");
    auto lock = TRY(LockFile::take(path + "-lock"));
    TRY(prepare_file(path));
    auto writing = TRY(Connection::open(path, Connection::Access::ReadWrite, options.vfs));
    TRY(set_up_writer(*writing, which, options.forget_to_flush));
    const bool durable = TRY(is_durable(*writing));
    ensure(durable || options.forget_to_flush, "synchronous=FULL was set and reads back");
    std::vector<std::unique_ptr<Connection>> readers;
    readers.reserve(static_cast<std::size_t>(options.readers));
    for (int each = 0; each < options.readers; ++each)
        readers.push_back(TRY(open_reader(path, options.vfs)));
    auto parts = std::unique_ptr<Parts>(new Parts{
        path, which, options, std::move(lock), durable, std::move(writing), ReaderPool(std::move(readers)), {}});
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(parts)));
}

Result<void> SqliteStore::read(const Actor& actor, const ReadingBody& body)
{
    // Every reader may be waiting for the writer, who would then wait for a reader.
    ensure(!parts_->writer.is_this_thread(), "a writing body reads through its own transaction");
    const auto lease = parts_->readers.take();
    return read_in(*lease, actor, body);
}

Result<void> SqliteStore::write(const Actor& actor, const WritingBody& body)
{
    const auto left = TRY(parts_->writer.write(actor, body));
    for (const auto& then : left.after)
        then();
    for (const auto& announcement : left.announcements)
        parts_->listeners.tell(announcement);
    return {};
}

std::shared_ptr<void> SqliteStore::listen(std::function<void(const storage::Announcement&)> heard)
{
    return parts_->listeners.add(std::move(heard));
}

Result<int> SqliteStore::schema_version()
{
    const auto lease = parts_->readers.take();
    return version_of(*lease);
}

Result<int> SqliteStore::migrate()
{
    const auto known =
        parts_->options.migrations.empty() ? storage::migrations(parts_->which) : parts_->options.migrations;
    int reached = 0;
    TRY(parts_->writer.alone([&](Connection& writer) -> Result<void> {
        reached = TRY(storage::migrate(known, TRY(version_of(writer)), [&](const storage::Migration& migration) {
            return apply(writer, migration, parts_->which);
        }));
        return tell_planner(writer);
    }));
    return reached;
}

Result<void> SqliteStore::backup_to(const std::string& path)
{
    return back_up(parts_->path, path, parts_->options.vfs);
}

std::vector<Measure> SqliteStore::measures() const
{
    return parts_->writer.measures();
}

storage::Store::Health SqliteStore::health()
{
    Health health;
    health.waiting_writes = parts_->writer.waiting();
    health.noted = parts_->writer.trouble();
    health.durable = parts_->durable;
    const auto lease = parts_->readers.take();
    const auto answer = (*lease).answer_to("SELECT count(*) FROM sqlite_schema");
    health.answers = answer.ok() && health.noted.empty();
    if (!answer)
        health.noted = answer.error().noted;
    return health;
}

} // namespace handrail::sqlite
