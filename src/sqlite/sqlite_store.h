#pragma once

#include <memory>
#include <string>

#include "storage/migrations.h"
#include "storage/store.h"

namespace handrail::sqlite {

struct Options {
    int readers = 4; ///< connections that read at the same time
    /// Pages of 4 KiB in the write-ahead log after which it is moved into the file. More: fewer and longer pauses.
    /// Measured at 32 threads: 1000 gave 10.5 thousand writes a second with p99 11 ms, 2000 10.8 and 15, 16000 13.8
    /// and 18.
    int checkpoint_pages = 2000;
    const char* vfs = nullptr; ///< SQLite's way to the files; tests put one between that forgets and fails
    std::span<const storage::Migration> migrations = {}; ///< instead of the set's own; tests
    /// Tests only: turns `synchronous` off, to see the loss that it leads to. Health says so.
    bool forget_to_flush = false;
};

/// The embedded store: one file (with its -wal and -shm beside it), write-ahead log, synchronous=FULL, one writer that
/// commits waiting requests together, and some readers.
///
/// lane() of its transactions is always 0: there is one writing connection.
class SqliteStore final : public storage::Store {
public:
    /// Opens `path`, or makes it with mode 600. Does not migrate. Conflict while another process has it open;
    /// Unavailable when the disk refuses; Invalid when the file is no store of this set.
    static Result<std::unique_ptr<SqliteStore>> open(const std::string& path, storage::Set which,
                                                     const Options& options = {});
    ~SqliteStore() override;

    Result<void> read(const Actor& actor, const ReadingBody& body) override;
    Result<void> write(const Actor& actor, const WritingBody& body) override;
    std::shared_ptr<void> listen(std::function<void(const storage::Announcement&)> heard) override;
    Result<int> schema_version() override;
    Result<int> migrate() override;
    Result<void> backup_to(const std::string& path) override;
    Health health() override;
    std::vector<Measure> measures() const override;

private:
    struct Parts;
    explicit SqliteStore(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

} // namespace handrail::sqlite
