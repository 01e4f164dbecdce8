#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "postgres/session.h"
#include "storage/store.h"

namespace handrail::postgres {

/// What both kinds of transaction do with a statement. Once one has failed, every further one gives the same error.
class Statements {
public:
    Statements(Session& session, const Actor& actor) : session_(session), actor_(actor) {}
    Result<Session::Done> run(const rows::Statement& statement, rows::Values values);
    /// What the caller is told when a statement failed, whatever the body made of it.
    const std::optional<Error>& failed() const { return failed_; }
    /// What the server said, when it was the server.
    const std::optional<Failure>& failure() const { return failure_; }
    const Actor& actor() const { return actor_; }

private:
    Session& session_;
    const Actor& actor_;
    std::optional<Error> failed_;
    std::optional<Failure> failure_;
};

class ReadingTransaction final : public storage::Reading {
public:
    ReadingTransaction(Session& session, const Actor& actor) : statements_(session, actor) {}
    using storage::Reading::rows;
    Result<rows::Rows> rows(const rows::Statement& statement, rows::Values values) override;
    const Statements& statements() const { return statements_; }

private:
    Statements statements_;
};

class WritingTransaction final : public storage::Writing {
public:
    WritingTransaction(Session& session, const Actor& actor, std::int64_t lane)
        : statements_(session, actor), lane_(lane)
    {
    }
    using storage::Writing::change;
    using storage::Writing::rows;
    Result<rows::Rows> rows(const rows::Statement& statement, rows::Values values) override;
    Result<std::int64_t> change(const rows::Statement& statement, rows::Values values) override;
    std::int64_t lane() const override { return lane_; }
    void announce(std::string topic, std::string payload) override;
    void after_commit(std::function<void()> then) override { after_.push_back(std::move(then)); }

    const Statements& statements() const { return statements_; }
    std::vector<storage::Announcement> take_announcements() { return std::move(announcements_); }
    std::vector<std::function<void()>> take_after() { return std::move(after_); }

private:
    Statements statements_;
    std::int64_t lane_;
    std::vector<storage::Announcement> announcements_;
    std::vector<std::function<void()>> after_;
};

} // namespace handrail::postgres
