#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/measure.h"
#include "base/result.h"
#include "domain/actor.h"
#include "rows/value.h"

/// The store as an interface. SQLite (src/sqlite) and PostgreSQL (src/postgres) implement it; only app knows which one
/// runs. tests/contracts/store_contract.cpp states what it promises and each backend runs it.
namespace handrail::storage {

/// A consistent view. $1 of every statement is the actor's organisation, bound here, so that no statement can reach
/// another organisation's rows by mistake (PostgreSQL adds row-level security).
///
/// A statement that does not mention $1 looks at every organisation's rows: timers, look-up by token. Only Role::System
/// may run one; its values still start at $2. Text must be UTF-8 without a NUL byte, else Invalid; bytes may be
/// anything. Once a statement has failed the transaction is over: every further statement gives the same error, and
/// read() or write() returns it even when the body does not. ("ON CONFLICT DO NOTHING" is how to ask without failing.)
/// A mistake in a statement (no such table, a value too few or of the wrong kind) is a bug and throws.
class Reading {
public:
    virtual ~Reading() = default;
    /// Rows of a SELECT. Unavailable when the store is gone.
    virtual Result<rows::Rows> rows(const rows::Statement& statement, rows::Values after_organisation) = 0;
    Result<rows::Rows> rows(const rows::Statement& statement, std::initializer_list<rows::Value> after_organisation)
    {
        return rows(statement, rows::Values(after_organisation.begin(), after_organisation.size()));
    }
};

/// One atomic change. Conflict when a unique key is already taken.
class Writing : public Reading {
public:
    using Reading::rows;
    /// Runs an INSERT, UPDATE or DELETE; gives the number of rows it changed. One with RETURNING is given to rows().
    virtual Result<std::int64_t> change(const rows::Statement& statement, rows::Values after_organisation) = 0;
    Result<std::int64_t> change(const rows::Statement& statement, std::initializer_list<rows::Value> after_organisation)
    {
        return change(statement, rows::Values(after_organisation.begin(), after_organisation.size()));
    }
    /// The writing connection this transaction runs on: the audit chain is per organisation and lane. No two writing
    /// connections hold a lane at the same time, but one may come to hold a lane that another node held before: whoever
    /// continues a chain reads its end in the same transaction. On the embedded store it is always 0.
    virtual std::int64_t lane() const = 0;
    /// Wakes listeners of `topic` (one word) after the commit (NOTIFY on PostgreSQL). The payload is opaque ids only,
    /// and short: a few of them.
    virtual void announce(std::string topic, std::string payload) = 0;
    /// Runs after the commit, on the thread that waited for it; not when the transaction failed.
    virtual void after_commit(std::function<void()> then) = 0;
};

/// An empty topic means: some may have been missed while the connection was lost, look again.
struct Announcement {
    OrganisationId organisation;
    std::string topic;
    std::string payload;
};

class Store {
public:
    using ReadingBody = std::function<Result<void>(Reading&)>;
    /// Has no outside effects: the store may run it again (a serialization failure, a full group). It runs on another
    /// thread than its caller's (the embedded store's writer) and does not call this store again:
    /// what it needs to read it reads through its own transaction.
    using WritingBody = std::function<Result<void>(Writing&)>;

    virtual ~Store() = default;
    virtual Result<void> read(const Actor& actor, const ReadingBody& body) = 0;
    /// Returns after the commit is on disk. When `body` gives an error, nothing of it is kept and the error is
    /// returned.
    virtual Result<void> write(const Actor& actor, const WritingBody& body) = 0;
    /// Called on some thread for every announcement of this and every other node, until the returned token is dropped.
    virtual std::shared_ptr<void> listen(std::function<void(const Announcement&)> heard) = 0;

    virtual Result<int> schema_version() = 0;
    /// Applies the migrations this binary knows. Refuses a store from a newer version, naming both numbers.
    virtual Result<int> migrate() = 0;
    /// A consistent copy while serving: a file for SQLite; for PostgreSQL the output of pg_dump in the same place.
    virtual Result<void> backup_to(const std::string& path) = 0;
    /// Cheap: does it answer, is it durable (synchronous, fsync), how long is the queue.
    struct Health {
        bool answers = false;
        bool durable = false;
        std::int64_t waiting_writes = 0;
        std::string noted;
    };
    virtual Health health() = 0;
    /// How writing went since the start: length of commits, size of groups, waiting for a connection.
    virtual std::vector<Measure> measures() const { return {}; }
};

} // namespace handrail::storage
