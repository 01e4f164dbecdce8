#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

#include "sqlite/connection.h"
#include "storage/migrations.h"
#include "storage/store.h"

namespace handrail::sqlite {

/// An embedded store that is only looked at, by the file's owner or root: without its lock, so beside a running server
/// too, and without changing a byte beside it (no -wal and no -shm come to be, no log is moved into the file). What
/// would change it is refused.
class ReadOnlyStore final : public storage::Store {
public:
    /// Invalid when the file is no store of this set; Unavailable when it cannot be read, or when a log lies beside it
    /// that only a start can read in (a copy that left out the -shm, or a machine that lost power).
    static Result<std::unique_ptr<ReadOnlyStore>> open(const std::string& path, storage::Set which);

    Result<void> read(const Actor& actor, const ReadingBody& body) override;
    Result<void> write(const Actor& actor, const WritingBody& body) override;
    /// Hears nothing: it is looked at for a moment.
    std::shared_ptr<void> listen(std::function<void(const storage::Announcement&)> heard) override;
    Result<int> schema_version() override;
    Result<int> migrate() override;
    Result<void> backup_to(const std::string& path) override;
    /// Durable: the file says that changes go to a log first. How a server flushes that log only the server can tell.
    Health health() override;

    enum class Whole { Yes, No, NotInTime };
    struct Check {
        Whole whole = Whole::Yes;
        std::string found; ///< names tables and pages, never a value
    };
    /// SQLite's quick_check: reads every page. Unavailable when a server began to write meanwhile, and it cannot be
    /// told.
    Result<Check> check(std::chrono::milliseconds longest);

private:
    ReadOnlyStore(std::string path, bool alone, std::unique_ptr<Connection> connection);
    const std::string path_;
    const bool alone_; ///< nobody had it open when it was opened
    std::mutex mutex_;
    const std::unique_ptr<Connection> connection_;
};

} // namespace handrail::sqlite
