#include "sqlite/transaction.h"

namespace handrail::sqlite {

namespace {
bool is_system(const Actor& actor)
{
    return actor.role() == Role::System;
}
} // namespace

Result<rows::Rows> ReadingTransaction::rows(const rows::Statement& statement, rows::Values values)
{
    if (failed_)
        return *failed_;
    auto found = connection_.rows(statement, actor_.organisation(), is_system(actor_), values);
    if (!found)
        failed_ = found.error();
    return found;
}

Result<rows::Rows> WritingTransaction::rows(const rows::Statement& statement, rows::Values values)
{
    if (failed_)
        return *failed_;
    auto found = connection_.rows(statement, actor_.organisation(), is_system(actor_), values);
    if (!found)
        failed_ = found.error();
    return found;
}

Result<std::int64_t> WritingTransaction::change(const rows::Statement& statement, rows::Values values)
{
    if (failed_)
        return *failed_;
    auto changed = connection_.change(statement, actor_.organisation(), is_system(actor_), values);
    if (!changed)
        failed_ = changed.error();
    return changed;
}

void WritingTransaction::announce(std::string topic, std::string payload)
{
    announcements_.push_back({actor_.organisation(), std::move(topic), std::move(payload)});
}

Result<void> read_in(Connection& connection, const Actor& actor, const storage::Store::ReadingBody& body)
{
    TRY(connection.step(Connection::Step::BeginReading));
    ReadingTransaction transaction(connection, actor);
    auto outcome = body(transaction);
    if (outcome && transaction.failed())
        outcome = *transaction.failed();
    if (outcome)
        return connection.step(Connection::Step::Commit);
    if (connection.in_transaction()) // some failures end it by themselves
        (void)connection.step(Connection::Step::Rollback); // nothing was changed that could be lost
    return outcome;
}

} // namespace handrail::sqlite
