#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sqlite/connection.h"
#include "storage/store.h"

namespace handrail::sqlite {

/// A reading transaction of one actor. Once a statement has failed, every further one gives the same error, as on
/// PostgreSQL, where a failed statement ends the transaction.
class ReadingTransaction final : public storage::Reading {
public:
    ReadingTransaction(Connection& connection, const Actor& actor) : connection_(connection), actor_(actor) {}
    using storage::Reading::rows;
    Result<rows::Rows> rows(const rows::Statement& statement, rows::Values values) override;
    const std::optional<Error>& failed() const { return failed_; }

private:
    Connection& connection_;
    const Actor& actor_;
    std::optional<Error> failed_;
};

/// The body in a transaction of its own on this connection.
Result<void> read_in(Connection& connection, const Actor& actor, const storage::Store::ReadingBody& body);

/// The writing transaction of one actor, inside the writer's group.
class WritingTransaction final : public storage::Writing {
public:
    WritingTransaction(Connection& connection, const Actor& actor, std::int64_t lane)
        : connection_(connection), actor_(actor), lane_(lane)
    {
    }
    using storage::Writing::change;
    using storage::Writing::rows;
    Result<rows::Rows> rows(const rows::Statement& statement, rows::Values values) override;
    Result<std::int64_t> change(const rows::Statement& statement, rows::Values values) override;
    std::int64_t lane() const override { return lane_; }
    void announce(std::string topic, std::string payload) override;
    void after_commit(std::function<void()> then) override { after_.push_back(std::move(then)); }

    const std::optional<Error>& failed() const { return failed_; }
    std::vector<storage::Announcement> take_announcements() { return std::move(announcements_); }
    std::vector<std::function<void()>> take_after() { return std::move(after_); }

private:
    Connection& connection_;
    const Actor& actor_;
    std::int64_t lane_;
    std::optional<Error> failed_;
    std::vector<storage::Announcement> announcements_;
    std::vector<std::function<void()>> after_;
};

} // namespace handrail::sqlite
