#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "storage/migrations.h"
#include "storage/store.h"

namespace handrail::postgres {

struct Options {
    int writers = 4; ///< connections that write; each is a lane of the audit record
    int readers = 4;
    /// Runs on a server that may forget what it acknowledged, or as a role that passes over row-level security. Health
    /// says which. For tests and trials.
    bool allow_unsafe = false;
    std::string pg_dump = "pg_dump";
    std::span<const storage::Migration> migrations = {};                    ///< instead of the set's own; tests
    std::chrono::milliseconds migration_patience = std::chrono::minutes(5); ///< for tables that are in use
    /// A server that is away this long is not waited for any more: a restart or a change of the primary would be over.
    /// Whoever comes is refused at once, until it is there again.
    std::chrono::milliseconds longest_restart = std::chrono::seconds(10);
    /// A node that is paused or cut off in the middle of a write would keep others from the same rows; after this the
    /// server ends its transaction. Does the node come back, it writes anew.
    std::chrono::milliseconds longest_silence = std::chrono::seconds(10);
};

/// The store for a service that has outgrown one machine. Several nodes may use one database.
///
/// The two sets live in schemas of their own ("handrail", "handrail_keys"), in one database or in two. The role needs
/// CREATE on the database for the first migration, and must be neither superuser nor BYPASSRLS.
///
/// lane() is a number that no other writing connection of any node holds at that time. After a lost connection another
/// may come to hold it, so whoever continues a lane's chain reads where it ends.
class PostgresStore final : public storage::Store {
public:
    /// @param conninfo As libpq takes it: "host=… dbname=… user=…" or a postgresql:// address.
    /// Does not migrate. Unavailable when the server cannot be reached; Invalid when it would not keep what it
    /// acknowledges (fsync or synchronous_commit off), is too old (before 13), or the role passes over row-level
    /// security.
    static Result<std::unique_ptr<PostgresStore>> open(const std::string& conninfo, storage::Set which,
                                                       const Options& options = {});
    ~PostgresStore() override;

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
    struct Attempt;
    explicit PostgresStore(std::unique_ptr<Parts> parts);
    Attempt try_write(const Actor& actor, const WritingBody& body);
    Attempt settle_commit(const std::string& transaction_id, const std::string& server_life);
    std::unique_ptr<Parts> parts_;
};

} // namespace handrail::postgres
