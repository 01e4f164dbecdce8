#include "sqlite/read_only_store.h"

#include <filesystem>
#include <fstream>

#include <sqlite3.h>

#include "sqlite/identity.h"
#include "sqlite/transaction.h"

namespace handrail::sqlite {

namespace {

namespace fs = std::filesystem;

/// Steps of SQLite's machine between two looks at the clock: some hundred a second.
constexpr int steps_between_looks = 100'000;
/// Bytes 18 and 19 of the header: which version of the format it takes to write and to read. 2 is a write-ahead log.
constexpr std::streamoff format_versions = 18;

bool there(const std::string& path)
{
    std::error_code none;
    return fs::exists(path, none);
}

Error refused()
{
    return unavailable("The store is only looked at, and takes nothing.", "read-only store");
}

int past(void* until)
{
    return std::chrono::steady_clock::now() > *static_cast<std::chrono::steady_clock::time_point*>(until) ? 1 : 0;
}

} // namespace

ReadOnlyStore::ReadOnlyStore(std::string path, bool alone, std::unique_ptr<Connection> connection)
    : path_(std::move(path)), alone_(alone), connection_(std::move(connection))
{
}

Result<std::unique_ptr<ReadOnlyStore>> ReadOnlyStore::open(const std::string& path, storage::Set which)
{
    // Whoever has a store open in WAL mode has an index of the log beside it. Without one, nobody has; and without a
    // log, the file is all there is.
    const bool alone = !there(path + "-shm");
    std::error_code none;
    if (alone && there(path + "-wal") && fs::file_size(path + "-wal", none) > 0)
        return unavailable("A log lies beside the store that was not moved into it yet. The next start does that.",
                           "-wal without -shm");
    auto connection = TRY(Connection::look(path, alone));
    sqlite3_db_config(connection->raw(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    TRY(check_identity(*connection, which));
    TRY(connection->run("PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;"));
    return std::unique_ptr<ReadOnlyStore>(new ReadOnlyStore(path, alone, std::move(connection)));
}

Result<void> ReadOnlyStore::read(const Actor& actor, const ReadingBody& body)
{
    const std::lock_guard lock(mutex_);
    return read_in(*connection_, actor, body);
}

Result<void> ReadOnlyStore::write(const Actor&, const WritingBody&)
{
    return refused();
}
std::shared_ptr<void> ReadOnlyStore::listen(std::function<void(const storage::Announcement&)>)
{
    return nullptr;
}
Result<int> ReadOnlyStore::migrate()
{
    return refused();
}
Result<void> ReadOnlyStore::backup_to(const std::string&)
{
    return refused();
}

Result<int> ReadOnlyStore::schema_version()
{
    const std::lock_guard lock(mutex_);
    return version_of(*connection_);
}

storage::Store::Health ReadOnlyStore::health()
{
    Health health;
    const std::lock_guard lock(mutex_);
    const auto answer = connection_->answer_to("SELECT count(*) FROM sqlite_schema");
    health.answers = answer.ok();
    if (!answer)
        health.noted = answer.error().noted;
    char versions[2] = {};
    std::ifstream header(path_, std::ios::binary);
    header.seekg(format_versions).read(versions, sizeof versions);
    health.durable = header.gcount() == sizeof versions && versions[0] == 2 && versions[1] == 2;
    return health;
}

Result<ReadOnlyStore::Check> ReadOnlyStore::check(std::chrono::milliseconds longest)
{
    const std::lock_guard lock(mutex_);
    auto until = std::chrono::steady_clock::now() + longest;
    sqlite3_progress_handler(connection_->raw(), steps_between_looks, past, &until);
    const auto answer = connection_->answer_to("PRAGMA quick_check(1)");
    sqlite3_progress_handler(connection_->raw(), 0, nullptr, nullptr);
    if (answer && *answer == "ok")
        return Check{};
    // An interrupted pragma gives an error or, from inside the tree walk, a sentence.
    if (past(&until) != 0)
        return Check{Whole::NotInTime, {}};
    if (alone_ && there(path_ + "-shm"))
        return unavailable("A server began to write while the store was looked through.", "read-only store: not alone");
    return Check{Whole::No, answer ? *answer : answer.error().noted};
}

} // namespace handrail::sqlite
