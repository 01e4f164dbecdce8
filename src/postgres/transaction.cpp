#include "postgres/transaction.h"

#include <stdexcept>

#include "storage/storable.h"

namespace handrail::postgres {

Result<Session::Done> Statements::run(const rows::Statement& statement, rows::Values values)
{
    if (failed_)
        return *failed_;
    if (const auto kept = storage::storable(statement, values); !kept) {
        failed_ = kept.error();
        return *failed_;
    }
    auto done = session_.run(statement, values, actor_.role() == Role::System);
    if (done)
        return std::move(*done);
    failure_ = done.failure();
    // The store runs the body again on a new connection; nobody is told.
    failed_ = failure_->stale() ? unavailable("The store is being upgraded. Please try again.", failure_->noted)
                                : error_from(*failure_);
    return *failed_;
}

Result<rows::Rows> ReadingTransaction::rows(const rows::Statement& statement, rows::Values values)
{
    auto done = statements_.run(statement, values);
    if (!done && statements_.failure() && statements_.failure()->state == "25006")
        throw std::logic_error(std::string(statement.name) + ": a reading transaction changes nothing");
    return TRY(std::move(done)).rows;
}

Result<rows::Rows> WritingTransaction::rows(const rows::Statement& statement, rows::Values values)
{
    return TRY(statements_.run(statement, values)).rows;
}

Result<std::int64_t> WritingTransaction::change(const rows::Statement& statement, rows::Values values)
{
    return TRY(statements_.run(statement, values)).changed;
}

void WritingTransaction::announce(std::string topic, std::string payload)
{
    announcements_.push_back({statements_.actor().organisation(), std::move(topic), std::move(payload)});
}

} // namespace handrail::postgres
